package io.escapement.linalg;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Conjugate gradients (Hestenes and Stiefel 1952) for Ax = b with A ⪰ 0 known by its action, from x = 0, so that where A is singular and b in its
 * range the answer tends to the one of least norm. Stopped early it is a solution of a kind too, one that leaves out the smallest
 * eigenvalues of A.
 *
 * @param maxIterations products with A, at least 1
 * @param tolerance on ‖Ax − b‖, relative to ‖b‖
 */
public record ConjugateGradients(int maxIterations, double tolerance) {

    public ConjugateGradients {
        if (maxIterations < 1) {
            throw new IllegalArgumentException("maxIterations is " + maxIterations + "; at least 1 is needed");
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + "; at least 0 and below 1 is needed");
        }
    }

    /** Without a preconditioner. */
    public int solve(
            BiConsumer<DMatrixRMaj, DMatrixRMaj> a, DMatrixRMaj b, DMatrixRMaj x, Workspace workspace, int slot) {
        return solve(
                a, (v, out) -> System.arraycopy(v.data, 0, out.data, 0, v.getNumElements()), b, x, workspace, slot);
    }

    /**
     * @param a (v, out): out = Av
     * @param preconditioner (v, out): out = Mv, M ⪰ 0 near A⁻¹
     * @param x reshaped and overwritten
     * @param slot first of four slots of the workspace that are scratch here
     * @return products with A
     */
    public int solve(
            BiConsumer<DMatrixRMaj, DMatrixRMaj> a,
            BiConsumer<DMatrixRMaj, DMatrixRMaj> preconditioner,
            DMatrixRMaj b,
            DMatrixRMaj x,
            Workspace workspace,
            int slot) {
        x.reshape(b.numRows, b.numCols);
        int length = b.getNumElements();
        Arrays.fill(x.data, 0, length, 0);
        DMatrixRMaj r = scratch(b, workspace, slot);
        DMatrixRMaj z = scratch(b, workspace, slot + 1);
        DMatrixRMaj p = scratch(b, workspace, slot + 2);
        DMatrixRMaj ap = scratch(b, workspace, slot + 3);
        System.arraycopy(b.data, 0, r.data, 0, length);
        double enough = tolerance * Frobenius.norm(b);
        preconditioner.accept(r, z);
        System.arraycopy(z.data, 0, p.data, 0, length);
        double rz = Frobenius.dot(r, z);
        int products = 0;
        // What is not above 0, or is NaN, ends it: there is nothing left that A or M sees.
        while (products < maxIterations && Frobenius.norm(r) > enough && rz > 0) {
            a.accept(p, ap);
            products++;
            double curvature = Frobenius.dot(p, ap);
            if (!(curvature > 0)) {
                break;
            }
            double alpha = rz / curvature;
            Frobenius.add(x, alpha, p, x);
            Frobenius.add(r, -alpha, ap, r);
            preconditioner.accept(r, z);
            double next = Frobenius.dot(r, z);
            Frobenius.add(z, next / rz, p, p);
            rz = next;
        }
        return products;
    }

    private static DMatrixRMaj scratch(DMatrixRMaj like, Workspace workspace, int slot) {
        return DMatrixRMaj.wrap(like.numRows, like.numCols, workspace.array(slot, like.getNumElements()));
    }
}
