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
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + "; at least 1 eigenpair must be asked for");
        }
        int wanted = Math.min(k, a.dimension());
        return a.dimension() <= denseLimit ? DenseEigen.of(a).smallest(wanted, tolerance) : iterate(a, wanted);
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
        return new Lanczos(a, tolerance, maxProducts, new Random(seed)).normEstimate();
    }

    private Eigenpairs iterate(SymmetricOperator a, int wanted) {
        Lanczos lanczos = new Lanczos(a, tolerance, maxProducts, new Random(seed));
        List<Eigenpair> found = new ArrayList<>(lanczos.smallest(wanted, List.of()));
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
        double edge = found.get(0).value() + lanczos.closeness();
        int multiplicity =
                (int) found.stream().filter(pair -> pair.value() <= edge).count();
        return new Eigenpairs(
                found.subList(0, Math.min(wanted, found.size())),
                Math.max(1, multiplicity),
                lanczos.converged(),
                lanczos.products());
    }

    private static List<double[]> vectors(List<Eigenpair> pairs) {
        return pairs.stream().map(Eigenpair::vector).map(DMatrixRMaj::getData).toList();
    }
}
