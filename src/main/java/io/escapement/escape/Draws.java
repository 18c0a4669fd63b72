package io.escapement.escape;

import io.escapement.linalg.UniformBall;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Random matrices of a mechanism. The draws follow from the run's seed, the mechanism and how often the run has asked before:
 * never from what an earlier subscription of the same run has drawn.
 */
final class Draws {

    /** 2⁶⁴ over the golden ratio, odd: successive multiples are far apart. */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private Draws() {}

    static RandomGenerator of(long seed, String mechanism, Escape.Trap trap) {
        long mixed = seed * GOLDEN + mechanism.hashCode();
        return new SplittableRandom(new SplittableRandom(mixed).nextLong() + GOLDEN * trap.attempt());
    }

    /** Independent N(0, scale²) entries. */
    static DMatrixRMaj gaussian(int rows, int columns, double scale, RandomGenerator random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int e = 0; e < matrix.getNumElements(); e++) {
            matrix.data[e] = scale * random.nextGaussian();
        }
        return matrix;
    }

    /** Uniform in the Frobenius ball of a radius. */
    static DMatrixRMaj ball(int rows, int columns, double radius, RandomGenerator random) {
        return UniformBall.draw(rows, columns, radius, random);
    }
}
