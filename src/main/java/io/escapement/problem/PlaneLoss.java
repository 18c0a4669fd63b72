package io.escapement.problem;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** h on a plane: (α, β) ↦ h(X₀ + αU + βV), X₀, U and V n×r. Immutable, and for any number of threads. */
public interface PlaneLoss {

    /** h(X₀ + αU + βV); NaN where it is not a number. */
    double at(double alpha, double beta);

    /**
     * h as half a sum of squares of six quadratics, where it is one: the upper triangle of R, by rows, 21 numbers, with
     * h = ½‖R·(1, α, β, α², αβ, β²)‖². Whoever has it needs nobody else to evaluate h anywhere on the plane.
     */
    default Optional<double[]> squares() {
        return Optional.empty();
    }

    /** How h is computed: squares, measurements (m operations a point) or direct (an evaluation a point). */
    String method();

    /** Numbers that are held for it. */
    long size();

    /** By the problem's own evaluation at each point: for whatever is no quadratic of a plane. */
    static PlaneLoss direct(CompositeProblem problem, DMatrixRMaj x0, DMatrixRMaj u, DMatrixRMaj v) {
        return new DirectPlane(problem, x0, u, v);
    }
}
