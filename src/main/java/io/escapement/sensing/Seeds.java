package io.escapement.sensing;

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
}
