package io.escapement.landscape.plane;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.PlaneLoss;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * A plane X₀ + αU + βV of factors with ⟨U, V⟩ = 0 and ‖U‖ = ‖V‖ = 1 (Frobenius), so that distances in the picture are distances
 * between factors. Its matrices are read-only.
 *
 * @param origin X₀, n×r
 * @param first U
 * @param second V
 * @param firstLabel what α is, for the axis
 * @param secondLabel what β is
 */
public record Plane(DMatrixRMaj origin, DMatrixRMaj first, DMatrixRMaj second, String firstLabel, String secondLabel) {

    /** Below this fraction of its length a direction is taken to lie along the other. */
    private static final double INDEPENDENT = 1e-7;

    public Plane {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        Objects.requireNonNull(firstLabel, "firstLabel");
        Objects.requireNonNull(secondLabel, "secondLabel");
    }

    /**
     * Where a point is seen.
     *
     * @param off its distance from the plane
     */
    public record Place(double alpha, double beta, double off) {}

    /** The plane through a point that two directions span, the first of which stays as it is; empty where they are dependent. */
    public static Optional<Plane> spanned(
            DMatrixRMaj origin, DMatrixRMaj along, DMatrixRMaj beside, String firstLabel, String secondLabel) {
        Optional<DMatrixRMaj> u = unit(along, null);
        Optional<DMatrixRMaj> v = u.flatMap(first -> unit(beside, first));
        return v.map(second -> new Plane(origin, u.get(), second, firstLabel, secondLabel));
    }

    /** A direction made perpendicular to another, and of length 1; empty where nothing is left of it. */
    private static Optional<DMatrixRMaj> unit(DMatrixRMaj direction, DMatrixRMaj other) {
        double length = Frobenius.norm(direction);
        if (!(length > 0) || Double.isInfinite(length)) {
            return Optional.empty();
        }
        DMatrixRMaj axis = scaled(1 / length, direction);
        // Twice is enough: once leaves what rounding put back.
        for (int pass = 0; other != null && pass < 2; pass++) {
            Frobenius.add(axis, -Frobenius.dot(other, axis), other, axis);
        }
        double rest = Frobenius.norm(axis);
        return rest < INDEPENDENT ? Optional.empty() : Optional.of(scaled(1 / rest, axis));
    }

    private static DMatrixRMaj scaled(double by, DMatrixRMaj a) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numCols);
        Frobenius.add(out, by, a, out);
        return out;
    }

    /** @param x n×r */
    public Place place(DMatrixRMaj x) {
        DMatrixRMaj rest = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(x, -1, origin, rest);
        double alpha = Frobenius.dot(first, rest);
        double beta = Frobenius.dot(second, rest);
        Frobenius.add(rest, -alpha, first, rest);
        Frobenius.add(rest, -beta, second, rest);
        return new Place(alpha, beta, Frobenius.norm(rest));
    }

    /** X₀ + αU + βV. */
    public DMatrixRMaj point(double alpha, double beta) {
        DMatrixRMaj x = new DMatrixRMaj(origin.numRows, origin.numCols);
        Frobenius.add(origin, alpha, first, x);
        Frobenius.add(x, beta, second, x);
        return x;
    }

    public PlaneLoss loss(CompositeProblem problem) {
        return problem.onPlane(origin, first, second);
    }
}
