package io.escapement.experiment;

import io.escapement.event.Values;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small experiment: success of descent on PMC of two sizes. */
public final class Toy implements Experiment {

    private final Map<String, String> settings;

    public Toy() {
        this(Map.of("success-distance", "0.05"));
    }

    Toy(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    public String id() {
        return "toy";
    }

    @Override
    public String title() {
        return "A toy";
    }

    @Override
    public String source() {
        return "our own";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public int trials(boolean quick) {
        return 8;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        return Stream.of(3, 6)
                .map(n -> new Cell(
                        Map.of("n", n.toString()), seed -> trial(n, seed).plan(seed)))
                .toList();
    }

    public static FactoredTrial trial(int n, long seed) {
        Instance<FactoredProblem> instance =
                PerturbedMatrixCompletion.pmc(n, 0.3, 1).instance();
        return FactoredTrial.of(
                        instance,
                        InitialPoint.gaussian(instance.problem(), 0.5, Seeds.generator(seed)),
                        new GradientDescent(new ExactStep()))
                .curves(Values.LOSS);
    }

    @Override
    public Report report(Results results) {
        return new Report(
                results.samples().stream()
                        .filter(sample -> sample.size() > 0)
                        .map(sample -> Comparison.of(sample.cell().key(), sample.success())
                                .atLeast(0))
                        .toList(),
                List.of(),
                List.of());
    }
}
