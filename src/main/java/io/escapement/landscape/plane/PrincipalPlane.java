package io.escapement.landscape.plane;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricOperator;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The plane nearest to given points: through their mean, along the first two principal directions. With the centred points as the rows
 * of P, N×nr, these are the leading right singular vectors of P, from the leading eigenvectors of PPᵀ or PᵀP, whichever is smaller.
 * Squaring costs digits of small singular values only; the two largest are what is wanted.
 *
 * <p>Signs are made the same each time: the last point lies to the right of the first, and above it.
 */
public final class PrincipalPlane {

    /** Below this share of the first, the second variance is rounding. */
    private static final double LINE = 1e-13;

    private static final String[] LABELS = {"first principal direction of the path", "second principal direction"};

    private PrincipalPlane() {}

    /** Empty where all points are on one line, or one is not finite. */
    public static Optional<Plane> of(List<DMatrixRMaj> points) {
        if (points.size() < 3) {
            return Optional.empty();
        }
        DMatrixRMaj mean = mean(points);
        int count = points.size();
        int size = mean.getNumElements();
        DMatrixRMaj centred = new DMatrixRMaj(count, size);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < size; j++) {
                centred.data[i * size + j] = points.get(i).data[j] - mean.data[j];
            }
        }
        if (!(Frobenius.norm(centred) > 0) || Double.isInfinite(Frobenius.norm(centred))) {
            return Optional.empty();
        }
        boolean left = size > count;
        Eigenpairs pairs =
                EigenSolver.standard().largest(new Square(centred, left), Math.min(2, Math.min(size, count)));
        if (pairs.pairs().size() < 2
                || !(pairs.pairs().get(1).value() > LINE * pairs.first().value())) {
            return Optional.empty();
        }
        DMatrixRMaj directions = directions(centred, pairs, left);
        return Plane.spanned(
                mean, direction(directions, 0, points), direction(directions, 1, points), LABELS[0], LABELS[1]);
    }

    static DMatrixRMaj mean(List<DMatrixRMaj> points) {
        DMatrixRMaj mean = new DMatrixRMaj(points.get(0).numRows, points.get(0).numCols);
        for (DMatrixRMaj point : points) {
            Frobenius.add(mean, 1.0 / points.size(), point, mean);
        }
        return mean;
    }

    /** The two leading right singular vectors as rows, not scaled. */
    private static DMatrixRMaj directions(DMatrixRMaj centred, Eigenpairs pairs, boolean left) {
        int size = centred.numCols;
        DMatrixRMaj rows = new DMatrixRMaj(2, size);
        for (int k = 0; k < 2; k++) {
            double[] vector = pairs.pairs().get(k).vector().data;
            for (int i = 0; left && i < centred.numRows; i++) {
                for (int j = 0; j < size; j++) {
                    rows.data[k * size + j] += vector[i] * centred.data[i * size + j];
                }
            }
            if (!left) {
                System.arraycopy(vector, 0, rows.data, k * size, size);
            }
        }
        return rows;
    }

    private static DMatrixRMaj direction(DMatrixRMaj rows, int k, List<DMatrixRMaj> points) {
        DMatrixRMaj shape = points.get(0);
        DMatrixRMaj out = new DMatrixRMaj(shape.numRows, shape.numCols);
        System.arraycopy(rows.data, k * rows.numCols, out.data, 0, rows.numCols);
        double forward = Frobenius.dot(points.get(points.size() - 1), out) - Frobenius.dot(shape, out);
        double sign = forward == 0 ? firstSign(out) : Math.signum(forward);
        for (int i = 0; i < rows.numCols; i++) {
            out.data[i] *= sign;
        }
        return out;
    }

    private static double firstSign(DMatrixRMaj x) {
        for (double entry : x.data) {
            if (entry != 0) {
                return Math.signum(entry);
            }
        }
        return 1;
    }

    /** PPᵀ or PᵀP by its action. */
    private record Square(DMatrixRMaj p, boolean left) implements SymmetricOperator {
        @Override
        public int dimension() {
            return left ? p.numRows : p.numCols;
        }

        @Override
        public void apply(DMatrixRMaj v, DMatrixRMaj out) {
            out.reshape(v.numRows, v.numCols);
            DMatrixRMaj middle = new DMatrixRMaj(left ? p.numCols : p.numRows, v.numCols);
            if (left) {
                CommonOps_DDRM.multTransA(p, v, middle);
                CommonOps_DDRM.mult(p, middle, out);
            } else {
                CommonOps_DDRM.mult(p, v, middle);
                CommonOps_DDRM.multTransA(p, middle, out);
            }
        }
    }
}
