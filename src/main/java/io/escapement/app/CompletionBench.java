package io.escapement.app;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.MaskFloor;
import io.escapement.sensing.MaskOperator;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Times a gradient of a large completion against reading its data once and against looking up a factor row for each entry, which is what a
 * gradient cannot do without. "Both, one pass" is the operator's part of a value and gradient; the rest is new arrays and sums over them.
 *
 * @param rows n₁
 * @param columns n₂
 * @param observed how many entries are seen, on average
 * @param rank of the truth and of the factor
 * @param threads numbers of threads, a table for each
 * @param rounds that are timed
 */
record CompletionBench(int rows, int columns, long observed, int rank, List<Integer> threads, int rounds) {

    /** A line of a file that holds the same: a value and two indices. */
    private static final int INPUT_BYTES = 8 + 4 + 4;

    private static final String READ = "plain read of the data";
    private static final String LOOK_UP = "factor row of each entry";

    String run() {
        long start = System.nanoTime();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        FactorShape shape = FactorShape.asymmetric(rows, columns);
        double p = Math.min(1, observed / ((double) rows * columns));
        FactoredProblem problem = UniformCompletion.of(shape, rank, p)
                .instance(Seeds.generator(1))
                .problem();
        MaskOperator operator = (MaskOperator) problem.operator();
        int m = operator.measurements();
        double[] b = new double[m];
        for (int k = 0; k < m; k++) {
            b[k] = problem.measurement(k);
        }
        DMatrixRMaj x = Seeds.gaussian(shape.rows(), rank, 1, Seeds.generator(2));
        double[] residual = new double[m];
        DMatrixRMaj out = new DMatrixRMaj(shape.rows(), rank);
        MaskFloor floor = new MaskFloor(operator);
        double[] sink = new double[1];
        Map<String, IntConsumer> works = new LinkedHashMap<>();
        works.put(READ, t -> sink[0] += floor.read(b));
        works.put(LOOK_UP, t -> sink[0] += floor.lookUp(x));
        works.put("measure", t -> operator.measure(x, x, residual));
        works.put("backproject", t -> operator.backproject(b, x, out));
        works.put("both, one pass", t -> operator.residualAndBackprojection(x, b, residual, out));
        works.put("value and gradient", t -> problem.evaluate(x));
        StringBuilder text = new StringBuilder();
        Rounds.line(text, "%s, rank %d, generated in %.1f s", operator, rank, (System.nanoTime() - start) * 1e-9);
        Rounds.line(
                text,
                "%,.0f MB as a file's values and indices, %,.0f MB in the operator and %,.0f MB of values",
                (double) INPUT_BYTES * m / 1e6,
                operator.bytes() / 1e6,
                8.0 * m / 1e6);
        for (int count : threads) {
            Map<String, double[]> seconds = Rounds.timed(count, 2, rounds, works);
            double[] read = seconds.get(READ);
            double[] lookUp = seconds.get(LOOK_UP);
            Rounds.line(
                    text,
                    "%n%-30s %8s %12s %12s",
                    count + (count == 1 ? " thread" : " threads"),
                    "ms",
                    "of the read",
                    "of look-ups");
            seconds.forEach((name, times) -> Rounds.line(
                    text,
                    "%-30s %8.1f %10.1f × %10.1f ×",
                    name,
                    Rounds.median(times) * 1e3,
                    Rounds.ratio(times, read),
                    Rounds.ratio(times, lookUp)));
        }
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        Rounds.line(text, "%nat most %,.0f MB of heap in use, what was no longer needed included", peak / 1e6);
        return text.toString();
    }
}
