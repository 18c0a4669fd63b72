package io.escapement.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/**
 * The k smallest, or largest, eigenpairs of a symmetric operator. Up to {@code denseLimit} rows the matrix is formed and
 * decomposed; above it, thick-restart {@link Lanczos} with full reorthogonalisation.
 *
 * <p>A Krylov space holds one vector of each eigenspace, and none of those that its start is orthogonal to. So what
 * converged is locked and the iteration starts again from a random vector orthogonal to it, until it finds nothing as low
 * as the k-th value, or a few copies more than asked for. The same operator and seed give the same bits.
 *
 * @param tolerance on a residual ‖Av − λv‖, relative to ‖A‖; also how close values of one eigenspace are
 * @param maxProducts products with A after which it gives up and says so
 * @param denseLimit rows up to which the matrix is formed
 * @param seed of the start vectors
 */
public record EigenSolver(double tolerance, int maxProducts, int denseLimit, long seed) {

    /** Copies of the last wanted value that are looked for beyond the number of pairs asked for. */
    private static final int SPARE_COPIES = 4;

    private static final EigenSolver STANDARD = new EigenSolver(1e-10, 5000, 200, 20_260_101L);

    public EigenSolver {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; between 0 and 1 is needed");
        }
        if (maxProducts < 1) {
            throw new IllegalArgumentException("maxProducts is " + maxProducts + "; at least 1 is needed");
        }
        if (denseLimit < 0) {
            throw new IllegalArgumentException("denseLimit is " + denseLimit + "; at least 0 is needed");
        }
    }

    /** Residuals of 1e−10·‖A‖, 5000 products, dense up to 200 rows. */
    public static EigenSolver standard() {
        return STANDARD;
    }

    public EigenSolver withDenseLimit(int limit) {
        return new EigenSolver(tolerance, maxProducts, limit, seed);
    }

    public EigenSolver withTolerance(double relative) {
        return new EigenSolver(relative, maxProducts, denseLimit, seed);
    }

    /**
     * The k smallest eigenpairs in the order of the number line, fewer if A has fewer rows or the budget ended before k
     * steps. Values that lie within a few tolerances of each other may stand for one another. Where A is not finite,
     * the answer holds NaN and is not converged.
     */
    public Eigenpairs smallest(SymmetricOperator a, int k) {
        int wanted = wanted(a, k);
        return a.dimension() <= denseLimit
                ? DenseEigen.of(a).smallest(wanted, tolerance)
                : iterate(a, wanted, LowPairs.none(tolerance)).first(wanted);
    }

    /** How many pairs are there to be found where k are asked for. */
    int wanted(SymmetricOperator a, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + "; at least 1 eigenpair must be asked for");
        }
        return Math.min(k, a.dimension());
    }

    /** The k largest eigenpairs, the largest first. */
    public Eigenpairs largest(SymmetricOperator a, int k) {
        return smallest(a.negated(), k).negated();
    }

    /**
     * ‖A‖₂, for scales: exact where the matrix is formed; otherwise from one Krylov space, usually within a per cent and
     * never above but for rounding.
     */
    public double norm(SymmetricOperator a) {
        if (a.dimension() <= denseLimit) {
            return DenseEigen.of(a).norm();
        }
        return new Lanczos(a, tolerance, maxProducts, new Random(seed), 0).normEstimate();
    }

    /** @param known pairs to go on from, converged to this tolerance; fewer than are wanted now */
    LowPairs iterate(SymmetricOperator a, int wanted, LowPairs known) {
        Lanczos lanczos = new Lanczos(a, tolerance, maxProducts, new Random(seed), known.scale());
        List<Eigenpair> found = new ArrayList<>(known.found());
        if (found.size() < wanted) {
            found.addAll(lanczos.smallest(wanted - found.size(), vectors(found)));
        }
        int enough = Math.min(wanted + SPARE_COPIES, a.dimension());
        boolean complete = found.size() == a.dimension();
        while (lanczos.converged() && !complete) {
            Eigenpair next = lanczos.smallest(1, vectors(found)).get(0);
            found.sort(Comparator.comparingDouble(Eigenpair::value));
            double last = found.get(wanted - 1).value();
            complete = next.value() > last + lanczos.closeness();
            found.add(next);
            boolean copiesEnough = found.size() >= enough && next.value() >= last - lanczos.closeness();
            complete = complete || copiesEnough || found.size() == a.dimension();
        }
        found.sort(Comparator.comparingDouble(Eigenpair::value));
        return new LowPairs(
                found, wanted, tolerance, lanczos.scale(), lanczos.converged(), known.products() + lanczos.products());
    }

    private static List<double[]> vectors(List<Eigenpair> pairs) {
        return pairs.stream().map(Eigenpair::vector).map(DMatrixRMaj::getData).toList();
    }
}
