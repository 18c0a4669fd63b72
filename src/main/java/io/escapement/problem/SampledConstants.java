package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * An estimate of α_s and L_s from random images of rank k, k drawn from 1…p: the extremes of ‖𝒜(M)‖²/‖M‖_F². Seen from inside: the
 * sampled L_s is at most the true one and the sampled α_s at least, so a bound that needs L_s from above is not proven by
 * it. [LEAC] appendix C.2 prints such values.
 *
 * <p>Images: symmetric U·diag(±1)·Uᵀ; UVᵀ of an asymmetric factor; of {@code hadamard} and {@code signed-hadamard} vectors with k
 * entries that are not 0. U, V and those entries are Gaussian.
 *
 * @param rank p, the highest rank drawn
 * @param samples number of matrices
 * @param seed of the draws
 */
public record SampledConstants(int rank, int samples, long seed) {

    public SampledConstants {
        if (rank < 1) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 1 is needed");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples is " + samples + "; at least 1 is needed");
        }
    }

    /** Over symmetric n×n matrices, the lifted ones of an asymmetric factor among them. */
    public RestrictedConstants of(SensingOperator operator) {
        return overImages(operator, FactorShape.psd(operator.dimension()));
    }

    /** Over what factors of a shape stand for: to be printed beside the operator's own constants. */
    public RestrictedConstants overImages(SensingOperator operator, FactorShape shape) {
        int highest = Math.min(
                rank,
                shape.imageColumns() == 1 ? shape.imageRows() : Math.min(shape.imageRows(), shape.imageColumns()));
        Random random = new Random(seed);
        double[] measured = new double[operator.measurements()];
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int sample = 0; sample < samples; sample++) {
            Draw draw = draw(shape, 1 + random.nextInt(highest), random);
            operator.measure(draw.x, draw.y, measured);
            double ratio = Frobenius.dot(measured, measured, operator.measurements()) / draw.squaredNorm;
            least = Math.min(least, ratio);
            most = Math.max(most, ratio);
        }
        String what = switch (shape.parameterization()) {
            case PSD, ASYMMETRIC -> " matrices of rank 1 to ";
            case HADAMARD, SIGNED_HADAMARD -> " vectors with nonzero entries from 1 to ";
        };
        return new RestrictedConstants(least, most, "sampled: " + samples + what + highest);
    }

    /** The operator's own constants and this estimate, over the same images. */
    public Beside beside(SensingOperator operator, FactorShape shape) {
        return new Beside(operator.imageConstants(shape), overImages(operator, shape));
    }

    /**
     * Two sources of one pair of constants; each says in its {@code source} what it is.
     *
     * @param known exact or bounds: convexity at most, smoothness at least the true one
     * @param sampled estimates from inside
     */
    public record Beside(RestrictedConstants known, RestrictedConstants sampled) {

        /** Those of {@link RestrictedConstants#figures}, and {@code sampledConvexity}, {@code sampledSmoothness}. */
        public Map<String, Double> figures() {
            Map<String, Double> figures = known.figures();
            figures.put("sampledConvexity", sampled.convexity());
            figures.put("sampledSmoothness", sampled.smoothness());
            return figures;
        }
    }

    /** Factors whose {@link SensingOperator#measure} is that of the image, and ‖image‖². */
    private record Draw(DMatrixRMaj x, DMatrixRMaj y, double squaredNorm) {}

    private static Draw draw(FactorShape shape, int k, Random random) {
        return switch (shape.parameterization()) {
            case PSD -> symmetric(shape.rows(), k, random);
            case ASYMMETRIC -> asymmetric(shape, k, random);
            case HADAMARD, SIGNED_HADAMARD -> vector(shape, k, random);
        };
    }

    private static Draw symmetric(int n, int k, Random random) {
        DMatrixRMaj u = new DMatrixRMaj(n, k);
        DMatrixRMaj signed = new DMatrixRMaj(n, k);
        for (int j = 0; j < k; j++) {
            double sign = random.nextBoolean() ? 1 : -1;
            for (int i = 0; i < n; i++) {
                double entry = random.nextGaussian();
                u.set(i, j, entry);
                signed.set(i, j, sign * entry);
            }
        }
        return new Draw(u, signed, squaredNorm(u, signed));
    }

    private static Draw asymmetric(FactorShape shape, int k, Random random) {
        DMatrixRMaj z = new DMatrixRMaj(shape.rows(), k);
        for (int i = 0; i < z.getNumElements(); i++) {
            z.data[i] = random.nextGaussian();
        }
        DMatrixRMaj u = CommonOps_DDRM.extract(z, 0, shape.split(), 0, k);
        DMatrixRMaj v = CommonOps_DDRM.extract(z, shape.split(), shape.rows(), 0, k);
        return new Draw(z, z, squaredNorm(u, v));
    }

    private static Draw vector(FactorShape shape, int k, Random random) {
        DMatrixRMaj x = new DMatrixRMaj(shape.rows(), 1);
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), 1);
        double square = 0;
        int left = k;
        int d = shape.imageRows();
        for (int i = 0; i < d; i++) {
            if (random.nextInt(d - i) < left) {
                double entry = random.nextGaussian();
                x.data[i] = entry;
                y.data[i] = 1;
                square += entry * entry;
                left--;
            }
        }
        return new Draw(x, y, square);
    }

    /** ‖U·Vᵀ‖_F² = ⟨UᵀU, VᵀV⟩ for U and V of k columns. */
    private static double squaredNorm(DMatrixRMaj u, DMatrixRMaj v) {
        int k = u.numCols;
        DMatrixRMaj uu = new DMatrixRMaj(k, k);
        DMatrixRMaj vv = new DMatrixRMaj(k, k);
        CommonOps_DDRM.multTransA(u, u, uu);
        CommonOps_DDRM.multTransA(v, v, vv);
        return Frobenius.dot(uu, vv);
    }
}
