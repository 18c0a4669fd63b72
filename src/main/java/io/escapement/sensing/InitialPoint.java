package io.escapement.sensing;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.GroundTruth;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Where a run starts. Every draw comes from the run's one generator. */
public final class InitialPoint {

    private InitialPoint() {}

    /** Independent N(0, scale²) entries: ε·X of [LEAC] 5.1 with scale = ε = 1e−7. */
    public static DMatrixRMaj gaussian(CompositeProblem problem, double scale, RandomGenerator random) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("init-scale is " + scale + "; a finite number above 0 is needed");
        }
        return Seeds.gaussian(problem.rows(), problem.columns(), scale, random);
    }

    /**
     * A point at a given relative error from the truth: X = [Z 0] + t·N with Gaussian N and the t &gt; 0 at which
     * ‖F(X) − M*‖_F = error·‖M*‖_F.
     *
     * @param error at least 1e−12; large ones are possible too
     * @throws IllegalArgumentException if the rank is below the truth's, where no point is at distance 0
     */
    public static DMatrixRMaj nearTruth(
            CompositeProblem problem, GroundTruth truth, double error, RandomGenerator random) {
        requireError(error);
        requireRank(problem, truth);
        DMatrixRMaj z = truth.factor();
        int r = problem.columns();
        DMatrixRMaj center = new DMatrixRMaj(problem.rows(), r);
        CommonOps_DDRM.insert(z, center, 0, 0);
        // The unit of t: a step of the truth's own size.
        double size = Math.max(Frobenius.norm(z), Double.MIN_NORMAL) / Math.sqrt((double) problem.rows() * r);
        DMatrixRMaj noise = gaussian(problem, size, random);
        double target = error * truth.norm();
        double t = step(center, noise, truth, target);
        DMatrixRMaj start = new DMatrixRMaj(center.numRows, center.numCols);
        Frobenius.add(center, t, noise, start);
        return start;
    }

    /**
     * A point at a given relative error from the truth, all entries of whose perturbation are positive, as [LMM]'s authors start
     * their symmetric problems and nonnegative least squares ({@link PositiveStart}).
     *
     * @param error from 1e−12 to 0.1
     * @throws IllegalArgumentException if the error or the problem does not fit
     */
    public static DMatrixRMaj positive(
            CompositeProblem problem, GroundTruth truth, double error, RandomGenerator random) {
        requireError(error);
        requireRank(problem, truth);
        return PositiveStart.of(problem, truth, error, random);
    }

    private static void requireError(double error) {
        if (!(error >= 1e-12) || Double.isInfinite(error)) {
            throw new IllegalArgumentException("init-error is " + error + "; a finite number from 1e-12 is needed");
        }
    }

    private static void requireRank(CompositeProblem problem, GroundTruth truth) {
        if (problem.columns() < truth.factor().numCols) {
            throw new IllegalArgumentException("init-error needs a rank of at least the truth's, "
                    + truth.factor().numCols + "; rank is " + problem.columns()
                    + " (init-scale starts from a random point)");
        }
    }

    /** t with distance(center + t·noise) = target: doubling, then the Illinois form of regula falsi on the logarithms. */
    private static double step(DMatrixRMaj center, DMatrixRMaj noise, GroundTruth truth, double target) {
        DMatrixRMaj x = new DMatrixRMaj(center.numRows, center.numCols);
        double high = target / truth.norm();
        while (excess(center, high, noise, truth, target, x) < 0) {
            high *= 2;
        }
        double low = high / 2;
        while (excess(center, low, noise, truth, target, x) > 0) {
            low /= 2;
        }
        double a = Math.log(low);
        double b = Math.log(high);
        double fa = excess(center, low, noise, truth, target, x);
        double fb = excess(center, high, noise, truth, target, x);
        double c = b;
        for (int i = 0; i < 100 && fb != 0 && fa != 0; i++) {
            c = b - fb * (b - a) / (fb - fa);
            double fc = excess(center, Math.exp(c), noise, truth, target, x);
            if (Math.abs(fc) < 1e-13) {
                return Math.exp(c);
            }
            if (fc * fb < 0) {
                a = b;
                fa = fb;
            } else {
                fa /= 2;
            }
            b = c;
            fb = fc;
        }
        return fa == 0 ? low : Math.exp(b);
    }

    private static double excess(
            DMatrixRMaj center, double t, DMatrixRMaj noise, GroundTruth truth, double target, DMatrixRMaj x) {
        Frobenius.add(center, t, noise, x);
        return Math.log(truth.distance(x) / target);
    }
}
