package io.escapement.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Named figures of one event. Immutable. A figure that is not known is absent; NaN is a measured NaN. */
public final class Values {

    /** Figures of a run of which there is a series: the first so many that its iterations bring. */
    public static final int MOST_SERIES = 62;

    public static final String LOSS = "loss";
    public static final String GRADIENT_NORM = "gradientNorm";
    public static final String STEP_SIZE = "stepSize";
    public static final String DISTANCE = "distance";
    public static final String LAMBDA_MIN = "lambdaMin";
    public static final String HESSIAN_LAMBDA_MIN = "hessianLambdaMin";

    /** ρ, how fast ∇²h changes with x near a point: with ‖∇h‖ ≤ ε, λₘᵢₙ(∇²h) ≥ −√(ρε) is second-order stationarity. */
    public static final String HESSIAN_LIPSCHITZ = "hessianLipschitz";

    public static final String OPTIMALITY_GAP = "optimalityGap";
    public static final String GRADIENT_EVALUATIONS = "gradientEvaluations";

    /** ‖X̌ − X̂‖_F of a jump from a trap X̂ to an escape point X̌. */
    public static final String MOVED = "moved";

    /** |cos∠(X̌ − X̂, v)| of a jump, v the eigenvector of λₘᵢₙ(∇²h) at the trap. */
    public static final String CURVATURE_COSINE = "curvatureCosine";

    public static final String RESIDUAL_NORM = "residualNorm";
    public static final String DEVIATION_RATE = "deviationRate";
    public static final String CUMULATIVE_DEVIATION = "cumulativeDeviation";

    private static final Values NONE = new Values(Names.of(), new double[0]);

    private final Names names;
    private final double[] numbers;

    private Values(Names names, double[] numbers) {
        this.names = names;
        this.numbers = numbers;
    }

    public static Values none() {
        return NONE;
    }

    /**
     * @param numbers one per name; the array is taken over, not copied, and must not be changed afterwards
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Values of(Names names, double... numbers) {
        if (names.size() != numbers.length) {
            throw new IllegalArgumentException(
                    numbers.length + " numbers for " + names.size() + " names " + names + "; one each is needed");
        }
        return new Values(names, numbers);
    }

    public static Values of(Map<String, Double> figures) {
        double[] numbers = new double[figures.size()];
        int i = 0;
        for (double number : figures.values()) {
            numbers[i++] = number;
        }
        return new Values(Names.of(figures.keySet().toArray(String[]::new)), numbers);
    }

    public Names names() {
        return names;
    }

    public int size() {
        return numbers.length;
    }

    public double get(int index) {
        return numbers[index];
    }

    public boolean has(String name) {
        return names.indexOf(name) >= 0;
    }

    public OptionalDouble get(String name) {
        int i = names.indexOf(name);
        return i < 0 ? OptionalDouble.empty() : OptionalDouble.of(numbers[i]);
    }

    /** The figure, or {@code absent} where it is not known. Allocates nothing. */
    public double getOr(String name, double absent) {
        int i = names.indexOf(name);
        return i < 0 ? absent : numbers[i];
    }

    public Map<String, Double> asMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int i = 0; i < numbers.length; i++) {
            map.put(names.get(i), numbers[i]);
        }
        return map;
    }

    /** Same names and the same bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Values that && names.equals(that.names) && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
