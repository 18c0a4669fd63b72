package io.escapement.sensing;

import io.escapement.linalg.Frobenius;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ejml.data.DMatrixRMaj;

/** The one seeded generator of a run. The same seed gives the same draws on every machine. */
public final class Seeds {

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Seeds() {}

    public static RandomGenerator generator(long seed) {
        return FACTORY.create(seed);
    }

    /** A rows×columns matrix of independent N(0, scale²) entries. */
    public static DMatrixRMaj gaussian(int rows, int columns, double scale, RandomGenerator random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int e = 0; e < matrix.getNumElements(); e++) {
            matrix.data[e] = scale * random.nextGaussian();
        }
        return matrix;
    }

    /**
     * Adds independent N(0, σ²) to each number.
     *
     * @param b of length m; changed
     * @param relative σ over the root mean square of b before; 0 draws nothing
     */
    static void disturb(double[] b, double relative, RandomGenerator random) {
        double size = Math.sqrt(Frobenius.dot(b, b, b.length) / b.length);
        for (int k = 0; k < b.length && relative > 0; k++) {
            b[k] += relative * size * random.nextGaussian();
        }
    }
}
