package io.escapement.landscape.plane;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Hessian;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * The plane in which a run left a point: through the trap, along the displacement to where it landed, and along v_min, the eigenvector of
 * the smallest eigenvalue of ∇²h at the trap, which is the way that bends down, or bends up least. Both ends of the jump are on
 * the first axis. Where the jump is along v_min itself, or there is no Hessian to speak of, the second direction is the way from the
 * landing to where the run went next.
 */
public final class EscapePlane {

    /** v_min is for the eye: a residual of 1e−5·‖∇²h‖ turns it by less than a line's width. */
    private static final double TOLERANCE = 1e-5;

    private static final int MOST_PRODUCTS = 600;
    private static final String ALONG = "displacement of the jump";

    private EscapePlane() {}

    /**
     * @param next a point that the run came to after the landing
     * @param stop whether nobody waits any longer
     * @throws java.util.concurrent.CancellationException if it was broken off
     */
    public static Optional<Plane> of(
            CompositeProblem problem, DMatrixRMaj trap, DMatrixRMaj landing, DMatrixRMaj next, BooleanSupplier stop) {
        DMatrixRMaj jump = difference(landing, trap);
        if (problem.smooth()) {
            Optional<Plane> plane = Plane.spanned(
                    trap, jump, softest(problem, trap, stop), ALONG, "eigenvector v_min of the Hessian at the trap");
            if (plane.isPresent()) {
                return plane;
            }
        }
        return Plane.spanned(trap, jump, difference(next, landing), ALONG, "way from the landing onwards");
    }

    private static DMatrixRMaj difference(DMatrixRMaj to, DMatrixRMaj from) {
        DMatrixRMaj out = new DMatrixRMaj(to.numRows, to.numCols);
        Frobenius.add(to, -1, from, out);
        return out;
    }

    private static DMatrixRMaj softest(CompositeProblem problem, DMatrixRMaj x, BooleanSupplier stop) {
        EigenSolver solver = new EigenSolver(
                TOLERANCE,
                MOST_PRODUCTS,
                EigenSolver.standard().denseLimit(),
                EigenSolver.standard().seed());
        DMatrixRMaj vector = solver.smallest(new Hessian(problem, problem.evaluate(x)).until(stop), 1)
                .first()
                .vector();
        DMatrixRMaj out = new DMatrixRMaj(x.numRows, x.numCols);
        System.arraycopy(vector.data, 0, out.data, 0, out.getNumElements());
        return out;
    }
}
