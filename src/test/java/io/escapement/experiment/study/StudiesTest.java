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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
}
