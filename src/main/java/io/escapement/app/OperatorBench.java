package io.escapement.app;

import io.escapement.problem.FactorShape;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.Seeds;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Times the passes of a dense Gaussian operator against a plain read of the same bytes, which is made with the same vectors or
 * without.
 *
 * <p>The comparison with two matrix-vector products of OpenBLAS needs a library that is no part of the program: {@code mvn
 * -Pbench compile exec:exec}, see src/jmh/java.
 *
 * @param d rows of a symmetric matrix
 * @param m number of measurements
 * @param rank columns of the factor
 * @param threads numbers of threads, a table for each
 * @param rounds that are timed, after some that are not
 * @param others further work to be timed, by name
 */
public record OperatorBench(int d, int m, int rank, List<Integer> threads, int rounds, Map<String, Other> others) {

    private static final int WARM_UP = 10;
    private static final int RANK = 5;
    private static final int ROUNDS = 31;

    private static final String READ = "plain read";
    private static final String PASS = "value and gradient, one pass";

    /** Something to compare with; its GB/s are those of the packed rows, as if it had to read no more. */
    @FunctionalInterface
    public interface Other {
        /** The work, to be done again and again with the number of threads that it is given. */
        IntConsumer on(DenseOperator operator);
    }

    public OperatorBench {
        if (d < 1 || m < 1 || rank < 1 || rounds < 1) {
            throw new IllegalArgumentException("d is " + d + ", m is " + m + ", rank is " + rank + " and rounds is "
                    + rounds + "; each must be at least 1");
        }
        if (threads.isEmpty() || threads.stream().anyMatch(t -> t < 1)) {
            throw new IllegalArgumentException("threads is " + threads + "; numbers of at least 1 are needed");
        }
        threads = List.copyOf(threads);
    }

    /** Rank 5, 31 rounds, nothing to compare with but the plain read. */
    static OperatorBench of(int d, int m, List<Integer> threads) {
        return new OperatorBench(d, m, RANK, threads, ROUNDS, Map.of());
    }

    /** The tables, as printed. */
    public String run() {
        StringBuilder text = new StringBuilder();
        for (Precision precision : Precision.values()) {
            run(precision, text);
        }
        return text.toString();
    }

    private void run(Precision precision, StringBuilder text) {
        DenseOperator operator = new DenseOperator(FactorShape.psd(d), m, rows(m), precision);
        RandomGenerator random = Seeds.generator(2);
        DMatrixRMaj x = Seeds.gaussian(d, rank, 1, random);
        double[] b = Seeds.gaussian(1, m, 1, random).data;
        double[] w = b.clone();
        double[] out = new double[m];
        DMatrixRMaj image = new DMatrixRMaj(d, rank);
        double[] sink = new double[1];
        Map<String, IntConsumer> works = new LinkedHashMap<>();
        works.put(READ, t -> sink[0] += operator.total());
        works.put(PASS, t -> operator.residualAndBackprojection(x, b, out, image));
        works.put("measure", t -> operator.measure(x, x, out));
        works.put("backproject", t -> operator.backproject(w, x, image));
        if (precision == Precision.DOUBLE) {
            others.forEach((name, other) -> works.put(name, other.on(operator)));
        }
        Rounds.line(
                text,
                "%s%n%,.0f MB of rows in %s precision, rank %d, medians of %d rounds, loops in %s",
                operator,
                operator.bytes() / 1e6,
                precision == Precision.DOUBLE ? "double" : "single",
                rank,
                rounds,
                DenseOperator.arithmetic());
        for (int count : threads) {
            table(count, operator.bytes(), Rounds.timed(count, WARM_UP, rounds, works), text);
        }
    }

    /** The matrices that are measured with: N(0, 1/m) entries, the same at every call. */
    public static DenseOperator.RowSource rows(int m) {
        RandomGenerator random = Seeds.generator(1);
        double scale = 1 / Math.sqrt(m);
        return (k, a) -> Arrays.setAll(a, e -> scale * random.nextGaussian());
    }

    private static void table(int count, long bytes, Map<String, double[]> seconds, StringBuilder text) {
        double[] read = seconds.get(READ);
        double[] fused = seconds.get(PASS);
        Rounds.line(
                text,
                "%n%-30s %8s %8s %12s %12s",
                count + (count == 1 ? " thread" : " threads"),
                "ms",
                "GB/s",
                "of the read",
                "of one pass");
        seconds.forEach((name, times) -> Rounds.line(
                text,
                "%-30s %8.2f %8.1f %10.0f %% %10.2f ×",
                name,
                Rounds.median(times) * 1e3,
                bytes / Rounds.median(times) * 1e-9,
                100 * Rounds.ratio(read, times),
                Rounds.ratio(times, fused)));
    }
}
