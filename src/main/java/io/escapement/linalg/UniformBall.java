package io.escapement.linalg;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** Uniform draws from a Frobenius ball: a uniform direction, and the radius times U^(1/d) in d dimensions. */
public final class UniformBall {

    private UniformBall() {}

    /** @param radius γ &gt; 0 */
    public static DMatrixRMaj draw(int rows, int columns, double radius, RandomGenerator random) {
        DMatrixRMaj drawn = new DMatrixRMaj(rows, columns);
        int d = drawn.getNumElements();
        for (int e = 0; e < d; e++) {
            drawn.data[e] = random.nextGaussian();
        }
        double length = radius * Math.pow(random.nextDouble(), 1.0 / d);
        double factor = length / Frobenius.norm(drawn);
        for (int e = 0; e < d; e++) {
            drawn.data[e] *= factor;
        }
        return drawn;
    }
}
