package io.escapement.experiment.study.emc;

import io.escapement.event.Figures;
import io.escapement.experiment.Cell;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.landscape.SurrogateBound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** [EMC] figure 1: the probability of theorem 2.2 over the bound and ε, for p = 0.3, 0.4 and 0.5. Nothing in it is run. */
public final class EmcFigure1 implements Experiment {

    private static final List<Double> RATES = List.of(0.3, 0.4, 0.5);
    private static final double NORM = 1;

    /** F of the maps: that of squared entries of a Gaussian rank-one matrix of n = 30, n²/9. */
    private static final double SPREAD = 100;

    private static final List<Double> SPREADS = List.of(1.0, 10.0, 100.0, 2500.0);
    private static final double READ_ERROR = 0.02;
    private static final double READ_PROBABILITY = 0.8;
    private static final int STEPS = 20;
    private static final double LARGEST_ERROR = 0.05;
    private static final double LARGEST_EPSILON = 0.2;

    @Override
    public String id() {
        return "emc-fig1";
    }

    @Override
    public String title() {
        return "Probability that theorem 2.2 gives to a squared error, over the error and epsilon";
    }

    @Override
    public String source() {
        return "[EMC] figure 1";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("truth-norm", Figures.of(NORM));
        settings.put("spread", Figures.of(SPREAD));
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return 1;
    }

    @Override
    public int mostTrials() {
        return 1;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        return List.of();
    }

    @Override
    public Report report(Results results) {
        List<Figure> figures = new ArrayList<>();
        for (double p : RATES) {
            figures.add(map(p));
        }
        figures.add(reading());
        return new Report(
                List.of(
                        Comparison.of(
                                        "p = 0.3, F = " + Figures.of(SPREAD)
                                                + ": largest ε with probability 0.8 of squared error 0.02",
                                        largest(0.3, SPREAD))
                                .paper("a wide range of ε"),
                        Comparison.of("that ε with F = 1, the least there is", largest(0.3, 1))),
                figures,
                List.of(
                        "The paper does not say which norm of M* and which F = ‖d‖₁²/‖d‖₂² its figure takes. Ours has ‖M*‖ = 1 and"
                                + " F = 100; the table gives the largest ε at which an error of 0.02 has the probability 0.8 for"
                                + " other F. At F = 1, the least possible, no ε does: 1 − exp(−2p²) is 0.16 at p = 0.3.",
                        "The proof of the theorem takes d for independent of the mask, and d contains M†, which is not: where unseen"
                                + " entries are undetermined the error is there and nowhere else."));
    }

    private static Figure.HeatMap map(double p) {
        List<String> columns = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        List<List<Double>> values = new ArrayList<>();
        for (int i = 1; i <= STEPS; i++) {
            columns.add(Figures.of(LARGEST_ERROR * i / STEPS));
        }
        for (int j = 1; j <= STEPS; j++) {
            double epsilon = LARGEST_EPSILON * j / STEPS;
            rows.add(Figures.of(epsilon));
            SurrogateBound bound = new SurrogateBound(p, epsilon, NORM, SPREAD);
            List<Double> row = new ArrayList<>();
            for (int i = 1; i <= STEPS; i++) {
                row.add(bound.probabilityOf(LARGEST_ERROR * i / STEPS));
            }
            values.add(row);
        }
        return new Figure.HeatMap(
                "p = " + p, "bound on ‖M† − M*‖²", columns, "ε", rows, "probability, at least", values);
    }

    private static Figure.Table reading() {
        List<String> columns = new ArrayList<>(List.of("F"));
        RATES.forEach(p -> columns.add("p = " + p));
        List<List<Object>> rows = new ArrayList<>();
        for (double spread : SPREADS) {
            List<Object> row = new ArrayList<>(List.of(spread));
            for (double p : RATES) {
                double epsilon = largest(p, spread);
                row.add(Double.isNaN(epsilon) ? null : epsilon);
            }
            rows.add(row);
        }
        return new Figure.Table(
                "Largest ε at which a squared error of 0.02 has a probability of at least 0.8, ‖M*‖ = 1",
                columns,
                rows);
    }

    /** From χ with 1 − exp(−2χ²F) = 0.8; NaN where p is too small for it. */
    static double largest(double p, double spread) {
        double chi = Math.sqrt(-Math.log1p(-READ_PROBABILITY) / (2 * spread));
        return chi < p ? NORM * Math.sqrt(READ_ERROR * (p - chi) / (1 - p + chi)) : Double.NaN;
    }
}
