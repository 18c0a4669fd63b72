package io.escapement.app;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;

/**
 * Times several works in turn, round after round. Times are given as medians over the rounds, and so are ratios, each of two times of one
 * round: whatever else the machine does falls on all alike.
 */
final class Rounds {

    private Rounds() {}

    /**
     * Seconds of each work in each round.
     *
     * @param threads of the pool that the works run in; also what they are given
     * @param warmUp rounds that are not timed, before the others
     */
    static Map<String, double[]> timed(int threads, int warmUp, int rounds, Map<String, IntConsumer> works) {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        works.keySet().forEach(name -> seconds.put(name, new double[rounds]));
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            for (int round = -warmUp; round < rounds; round++) {
                for (Map.Entry<String, IntConsumer> work : works.entrySet()) {
                    long start = System.nanoTime();
                    pool.submit(() -> work.getValue().accept(threads)).join();
                    if (round >= 0) {
                        seconds.get(work.getKey())[round] = (System.nanoTime() - start) * 1e-9;
                    }
                }
            }
        } finally {
            pool.shutdown();
        }
        return seconds;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }

    /** The median over the rounds of one time by another. */
    static double ratio(double[] one, double[] other) {
        double[] ratios = new double[one.length];
        Arrays.setAll(ratios, round -> one[round] / other[round]);
        return median(ratios);
    }

    static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
