package io.escapement.experiment.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Engine;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Ledger;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.experiment.Scope;
import io.escapement.landscape.SurrogateBound;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each experiment in a small form: some of its cells, few trials. */
class StudiesTest {

    private static final Ledger FORGETFUL = new Ledger() {
        @Override
        public Optional<Outcome> find(Key key) {
            return Optional.empty();
        }

        @Override
        public void append(Key key, Outcome outcome) {}
    };

    /** An experiment with some of its cells. */
    private record Part(Experiment whole, Predicate<Map<String, String>> kept) implements Experiment {
        @Override
        public String id() {
            return whole.id();
        }

        @Override
        public String title() {
            return whole.title();
        }

        @Override
        public String source() {
            return whole.source();
        }

        @Override
        public int version() {
            return whole.version();
        }

        @Override
        public Map<String, String> settings() {
            return whole.settings();
        }

        @Override
        public int trials(boolean quick) {
            return whole.trials(quick);
        }

        @Override
        public List<Cell> cells(boolean quick) {
            return whole.cells(quick).stream()
                    .filter(cell -> kept.test(cell.labels()))
                    .toList();
        }

        @Override
        public Report report(Results results) {
            return whole.report(results);
        }
    }

    private static Report run(String id, int trials, Predicate<Map<String, String>> kept) {
        Experiment part = new Part(Experiments.find(id).orElseThrow(), kept);
        Engine.Collected collected = new Engine(FORGETFUL, Engine.Runs.unseen(), 2)
                .perform(part, new Scope(trials, part.seed(), false), new Engine.Onlooker() {});
        assertThat(collected.complete()).isTrue();
        return part.report(collected.results());
    }

    private static Comparison line(Report report, String what) {
        return report.comparisons().stream()
                .filter(line -> line.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line '" + what + "' in " + report.comparisons()));
    }

    private static void everythingMet(Report report) {
        assertThat(report.comparisons())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.met()).as("%s", line).isNotEqualTo(false));
    }

    @Test
    void namesAndCellsAreDistinct() {
        Set<String> ids = new HashSet<>();
        for (Experiment experiment : Experiments.all()) {
            assertThat(ids.add(experiment.id())).isTrue();
            assertThat(experiment.title()).doesNotContain("\n").doesNotEndWith(".");
            assertThat(experiment.trials(true)).isLessThanOrEqualTo(experiment.trials(false));
            Set<String> quick = new HashSet<>(new Results(experiment.cells(true))
                    .samples().stream().map(sample -> sample.cell().key()).toList());
            Set<String> all = new HashSet<>(new Results(experiment.cells(false))
                    .samples().stream().map(sample -> sample.cell().key()).toList());
            assertThat(all).as(experiment.id()).containsAll(quick);
        }
    }

    @Test
    void reportsBearCellsWithoutTrials() {
        for (Experiment experiment : Experiments.all()) {
            Report report = experiment.report(new Results(experiment.cells(false)));
            assertThat(report.met()).isTrue();
        }
    }

    @Test
    void leacC2GivesThePrintedDigits() {
        Report report = run("leac-c2", 1, labels -> true);
        everythingMet(report);
        assertThat(line(report, "h(X̌), rule: exact").ours().value()).isLessThan(1e-9);
        assertThat(line(report, "h(X̂)").ours().value()).isBetween(3.00145, 3.00155);
    }

    @Test
    void leacTable1JumpsToTheTruthEveryTime() {
        Report report = run("leac-table1", 64, labels -> !labels.get("solver").contains("stable"));
        everythingMet(report);
        assertThat(line(report, "semilift, exact rule: success rate").ours().value())
                .isEqualTo(1);
        assertThat(line(report, "lift, exact step: success rate").ours().value())
                .isEqualTo(1);
        assertThat(line(report, "unlift: success rate").ours().value()).isLessThan(0.13);
    }

    @Test
    void leacFigure1DrawsFallingCurves() {
        Report report = run("leac-fig1", 1, labels -> !labels.get("solver").equals("lift"));
        everythingMet(report);
        Figure.Curves loss = (Figure.Curves) report.figures().get(1);
        assertThat(loss.series()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(curve -> {
            assertThat(curve.x()).isSorted();
            assertThat(curve.y().get(0)).isGreaterThan(3);
        });
    }

    @Test
    void sodPmcFallsIntoTheTrapAndLeavesIt() {
        Report report = run("sod-pmc", 1, labels -> true);
        everythingMet(report);
        assertThat(line(report, "GD: distance at the end").ours().value()).isBetween(2.6, 2.61);
        assertThat(report.figures())
                .extracting(Figure::title)
                .contains("Lifted loss", "Terms of the lifted descent", "Path");
        Figure.Path path = (Figure.Path) report.figures().get(report.figures().size() - 1);
        assertThat(path.series())
                .allSatisfy(series -> assertThat(series.points().get(0)).containsExactly(1.6, 0.9, -1.1));
    }

    @Test
    void sodSuccessIsCompleteWithProbes() {
        Report report = run(
                "sod-success",
                4,
                labels -> labels.get("n").equals("40")
                        && labels.get("rho").equals("0.1")
                        && labels.get("init-scale").equals("0.05")
                        && !labels.get("escape").equals("auto"));
        everythingMet(report);
        assertThat(line(report, "ρ = 0.1, n = 40, start 0.05: GD").ours().value())
                .isLessThan(1);
        Figure.Bars bars = (Figure.Bars) report.figures().get(0);
        assertThat(bars.groups()).containsExactly("40");
        assertThat(bars.series())
                .allSatisfy(series -> assertThat(series.values()).hasSize(1));
    }

    @Test
    void sodNetworkFindsTheStateByProbing() {
        Report report = run(
                "sod-network",
                5,
                labels -> labels.get("network").equals("9-bus")
                        && (labels.get("meters").equals("V,P,Q")
                                && List.of("0.0", "0.001").contains(labels.get("noise"))));
        everythingMet(report);
        assertThat(line(report, "9-bus, V,P,Q: oracle-probe").ours().value()).isEqualTo(1);
        assertThat(line(report, "9-bus, V,P,Q: local descent").ours().value()).isLessThan(1);
        Figure.Table noise =
                (Figure.Table) report.figures().get(report.figures().size() - 1);
        assertThat(noise.rows()).hasSize(2);
    }

    @Test
    void theLiftFitsWhereItsMatrixWouldNot() {
        Report report = run("lift-scale", 1, labels -> List.of("11", "30").contains(labels.get("n")));
        everythingMet(report);
        Figure.Table table = (Figure.Table) report.figures().get(0);
        assertThat(table.rows()).hasSize(2);
        // 30^6 numbers of 8 bytes, against ten arrays of 30^3.
        assertThat((double) table.rows().get(1).get(4)).isEqualTo(5832);
        assertThat((double) table.rows().get(1).get(3)).isEqualTo(2.16);
    }

    @Test
    void emcFigure1GivesTheoremTwoTwo() {
        Report report = run("emc-fig1", 1, labels -> true);
        everythingMet(report);
        Figure.HeatMap map = (Figure.HeatMap) report.figures().get(0);
        // Error 0.02 (the eighth column) at ε = 0.05 (the fifth row), p = 0.3, F = 100: χ = 0.3 − 1/9.
        assertThat(map.columns().get(7)).isEqualTo("0.02");
        assertThat(map.rows().get(4)).isEqualTo("0.05");
        double chi = 0.3 - 1.0 / 9;
        assertThat(map.values().get(4).get(7)).isCloseTo(1 - Math.exp(-200 * chi * chi), within(1e-12));
        double largest = line(report, "p = 0.3, F = 100: largest ε with probability 0.8 of squared error 0.02")
                .ours()
                .value();
        assertThat(new SurrogateBound(0.3, largest, 1, 100).probabilityOf(0.02)).isCloseTo(0.8, within(1e-9));
    }

    /** Every method; what can be known is found by ours, and what cannot by none. */
    @Test
    void emcSuccessHasEveryMethodBesideItsLimit() {
        Report report = run("emc-success", 10, labels -> labels.get("n").equals("6"));
        everythingMet(report);
        assertThat(line(report, "structured, n = 6: chance of the right signs, the limit of every method")
                        .ours()
                        .value())
                .isEqualTo(0.25);
        assertThat(line(report, "structured, n = 6: SDP").ours().value()).isZero();
        double limit = line(report, "uniform, n = 6: masks that determine the truth")
                .ours()
                .value();
        assertThat(limit).isBetween(0.1, 0.9);
        for (String method : List.of("BM", "SDP", "GNMR", "Lin-RFM", "lifted, l = 3", "ours")) {
            assertThat(line(report, "uniform, n = 6: " + method).ours().value())
                    .as(method)
                    .isBetween(0.2, limit + 0.2);
        }
        Figure.Table table = (Figure.Table) report.figures().get(1);
        for (List<Object> row : table.rows()) {
            boolean fits = !List.of("SDP", "Lin-RFM").contains(row.get(1).toString());
            assertThat(Math.abs((double) row.get(3)) < 1e-6).as("%s", row).isEqualTo(fits);
        }
    }

    @Test
    void emcErrorsAreWrongSignsAndNothingElse() {
        Report report = run("emc-error-map", 6, labels -> true);
        everythingMet(report);
        Figure.Table table = (Figure.Table) report.figures().get(0);
        assertThat(table.rows())
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.get(3)).isIn(0.0, 6.0, 8.0));
        Figure.HeatMap map = (Figure.HeatMap) report.figures().get(1);
        // The pattern of the errors: entries of two different odd coordinates, counted from 1.
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                if (i == j || i % 2 == 1 || j % 2 == 1) {
                    assertThat(map.values().get(i).get(j)).isLessThan(1e-9);
                }
            }
        }
    }

    @Test
    void emcAblationSweepsBoth() {
        Report report = run(
                "emc-ablation",
                4,
                labels -> List.of("0.1", "1.0E-4", "none", "0.4").contains(labels.get("at"))
                        && !(labels.get("sweep").equals("p") && labels.get("at").equals("0.1")));
        assertThat(line(report, "ε = 0.1: ours").ours().value()).isZero();
        assertThat(report.figures())
                .extracting(Figure::title)
                .containsExactly("Success against ε, structured mask", "Success against p, uniform masks");
    }

    @Test
    void ipgdFigure1FailsWithALargeRadiusAtRankFourAlone() {
        Report report = run("ipgd-fig1", 1, labels -> labels.get("rank").equals("4"));
        everythingMet(report);
        assertThat(report.comparisons().stream().filter(line -> line.met() != null))
                .hasSize(2);
        Figure.Curves residuals = (Figure.Curves) report.figures().get(1);
        Map<String, Double> last = residuals.series().stream()
                .collect(Collectors.toMap(
                        curve -> curve.name(), curve -> curve.y().get(curve.y().size() - 1)));
        assertThat(last.get("PGD, r′ = 4")).isGreaterThan(1e-2);
        assertThat(last.get("IPGD, r′ = 4")).isLessThan(1e-4);
    }

    @Test
    void ipgdRecoversCompletionWithTheResidualTiny() {
        Report report = run("ipgd-recovery", 1, labels -> labels.get("problem").equals("completion"));
        everythingMet(report);
        assertThat(line(report, "completion: residual norm at the end, largest")
                        .ours()
                        .value())
                .isBetween(1e-12, 1e-7);
        assertThat(report.figures()).hasSize(5);
        for (Figure panel : report.figures().subList(0, 4)) {
            assertThat(((Figure.Curves) panel).series())
                    .hasSize(1)
                    .allSatisfy(curve ->
                            assertThat(curve.x()).hasSizeGreaterThan(20).isSorted());
        }
        Figure.Table table = (Figure.Table) report.figures().get(4);
        assertThat(table.rows()).extracting(row -> row.get(1)).containsExactly("400", "50");
    }

    @Test
    void ipgdKeepsASparseResidualTiny() {
        Report report = run(
                "ipgd-sparse", 1, labels -> List.of("IPGD+", "T_escape = 50").contains(labels.get("method")));
        everythingMet(report);
        assertThat(line(report, "IPGD+: residual norm at the end, median")
                        .ours()
                        .value())
                .isBetween(1e-12, 1e-8);
        assertThat(line(report, "T_escape = 50: distance at the end, median")
                        .ours()
                        .value())
                .isGreaterThan(11);
    }

    @Test
    void theResidualGrowsByAThirdOfTheCumulativeDeviation() {
        Report report = run(
                "ipgd-deviation",
                1,
                labels -> List.of("completion", "sparse recovery").contains(labels.get("problem")));
        everythingMet(report);
        assertThat(line(report, "slope of all runs").ours().value()).isBetween(0.28, 0.36);
        Figure.Scatter scatter = (Figure.Scatter) report.figures().get(0);
        assertThat(scatter.series())
                .hasSize(2)
                .allSatisfy(points -> assertThat(points.x()).hasSize(20));
        assertThat(scatter.lines())
                .extracting(Figure.Line::name)
                .containsExactly("bound, y = x/2", "paper, y = x/3", "ours");
    }

    @Test
    void theBenchmarkCountsExpense() {
        Report report = run(
                "escape-benchmark",
                6,
                labels -> labels.get("m").equals("40")
                        && List.of("none", "auto", "restart").contains(labels.get("escape")));
        assertThat(report.comparisons()).hasSize(1);
        Comparison difference = report.comparisons().get(0);
        assertThat(difference.what()).contains("solved by auto less solved by restarts");
        Figure.Table table = (Figure.Table) report.figures().get(0);
        assertThat(table.rows()).hasSize(3);
        for (List<Object> row : table.rows()) {
            assertThat((double) row.get(6)).as("%s", row).isGreaterThan(10);
            for (int column = 3; column <= 5; column++) {
                assertThat((double) row.get(column - 1)).as("%s", row).isLessThanOrEqualTo((double) row.get(column));
            }
        }
        double auto = (double) table.rows().get(1).get(3);
        double restarts = (double) table.rows().get(2).get(3);
        assertThat(difference.ours().value()).isCloseTo(auto - restarts, within(1e-12));
        assertThat(difference.ours().low())
                .isLessThanOrEqualTo(difference.ours().value());
    }

    @Test
    void lmmSolvesNonnegativeLeastSquaresWhereOthersDoNot() {
        Report report = run(
                "lmm-nnls",
                3,
                labels -> labels.get("r").equals("100") && labels.get("linear").equals("entries"));
        everythingMet(report);
        double squared = line(report, "half-squared, r = 100, τ = 1: lmm, iterations")
                .ours()
                .value();
        double plain =
                line(report, "norm, r = 100, τ = 1: lmm, iterations").ours().value();
        // The authors' program: 182 and 112.
        assertThat(squared).isBetween(150.0, 220.0);
        assertThat(plain).isBetween(90.0, 150.0);
        for (String solver : List.of("polyak", "gauss-newton")) {
            assertThat(line(report, "norm, r = 100, τ = 1: " + solver + ", iterations")
                            .ours()
                            .value())
                    .isNull();
        }
    }

    @Test
    void theConditionDoesNotSlowLmmDown() {
        Report report = run(
                "lmm-sensing-l2",
                1,
                labels -> labels.get("matrix").equals("symmetric")
                        && labels.get("r").equals("2")
                        && labels.get("d").equals("100")
                        && labels.get("start").equals("positive")
                        && List.of("lmm", "polyak", "levenberg-marquardt").contains(labels.get("solver")));
        everythingMet(report);
        assertThat(line(report, "symmetric, d = 100, r = 2, κ = 100: polyak, iterations")
                        .ours()
                        .value())
                .isNull();
        Figure.Table table = (Figure.Table) report.figures().get(1);
        assertThat(table.rows()).hasSize(3);
        // Few steps of many passes each.
        assertThat((double) table.rows().get(2).get(1)).isLessThan(15);
        assertThat((double) table.rows().get(2).get(2))
                .isGreaterThan((double) table.rows().get(2).get(1));
    }

    @Test
    void lmmAndOpsaFollowKinks() {
        Report report = run(
                "lmm-sensing-l1",
                1,
                labels -> labels.get("matrix").equals("asymmetric")
                        && labels.get("r").equals("2")
                        && labels.get("d").equals("100")
                        && labels.get("kappa").equals("1")
                        && List.of("lmm", "opsa").contains(labels.get("solver")));
        everythingMet(report);
        assertThat(line(report, "asymmetric, d = 100, r = 2, κ = 1: opsa, iterations")
                        .ours()
                        .value())
                .isBetween(150.0, 270.0);
        assertThat(report.figures()).extracting(Figure::title).contains("asymmetric, d = 100, r = 2, κ = 1");
    }
}
