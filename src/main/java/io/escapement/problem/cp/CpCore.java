package io.escapement.problem.cp;

import io.escapement.linalg.Frobenius;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * Several factors in coordinates of the space that they span, mode by mode: with the QR decomposition [X Z …] = Q[R_x R_z …] of a
 * mode's rows, F(X) is Q⊗Q⊗Q applied to F(R_x), so differences of such tensors have the norm of those of the cores, of size
 * K³ for K columns in all. Differences are taken entry by entry there: their error is a few rounding units of the
 * tensors themselves, where Gram matrices give the square of the difference to that error.
 *
 * @param shape of the core, K×K×K or smaller
 * @param factors in the core's coordinates, in the order they were given
 */
record CpCore(CpShape shape, List<DMatrixRMaj> factors) {

    CpCore {
        factors = List.copyOf(factors);
    }

    /** @throws IllegalArgumentException if an entry is not finite */
    static CpCore of(CpShape shape, List<DMatrixRMaj> factors) {
        int columns = factors.stream().mapToInt(factor -> factor.numCols).sum();
        int[] size = new int[3];
        DMatrixRMaj[] triangles = new DMatrixRMaj[shape.distinctModes()];
        for (int p = 0; p < triangles.length; p++) {
            triangles[p] = triangle(beside(shape, p, factors, columns));
            size[p] = triangles[p].numRows;
        }
        CpShape core = shape.symmetric() ? CpShape.symmetric(size[0]) : CpShape.asymmetric(size[0], size[1], size[2]);
        DMatrixRMaj stack = new DMatrixRMaj(core.rows(), columns);
        for (int p = 0; p < triangles.length; p++) {
            CommonOps_DDRM.insert(triangles[p], stack, core.offset(p), 0);
        }
        DMatrixRMaj[] parts = new DMatrixRMaj[factors.size()];
        int from = 0;
        for (int i = 0; i < parts.length; i++) {
            int to = from + factors.get(i).numCols;
            parts[i] = CommonOps_DDRM.extract(stack, 0, core.rows(), from, to);
            from = to;
        }
        return new CpCore(core, List.of(parts));
    }

    /** F(x) − F(z) in the core's coordinates, for the factors of the given numbers. */
    double[] difference(int x, int z) {
        CpMap map = new CpMap(shape);
        double[] difference = new double[map.length()];
        double[] other = new double[map.length()];
        map.image(factors.get(x), difference);
        map.image(factors.get(z), other);
        for (int e = 0; e < difference.length; e++) {
            difference[e] -= other[e];
        }
        return difference;
    }

    private static DMatrixRMaj beside(CpShape shape, int mode, List<DMatrixRMaj> factors, int columns) {
        int from = shape.offset(mode);
        int to = from + shape.size(mode);
        DMatrixRMaj all = new DMatrixRMaj(to - from, columns);
        int column = 0;
        for (DMatrixRMaj factor : factors) {
            CommonOps_DDRM.extract(factor, from, to, 0, factor.numCols, all, 0, column);
            column += factor.numCols;
        }
        return all;
    }

    /** R of A = QR, or A itself where it is not taller than wide. */
    private static DMatrixRMaj triangle(DMatrixRMaj a) {
        if (MatrixFeatures_DDRM.hasUncountable(a)) {
            throw new IllegalArgumentException("an entry of a " + a.numRows + "×" + a.numCols
                    + " factor is not finite; its core needs finite ones");
        }
        if (a.numRows <= a.numCols) {
            return a;
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(a.numRows, a.numCols);
        // EJML's answer says whether a column vanished, not whether R is usable: it is.
        var unused = qr.decompose(a);
        return qr.getR(null, true);
    }

    /** ‖F(x) − F(z)‖, to a few rounding units of the larger of the two; NaN where x is not finite. */
    static double distance(CpShape shape, DMatrixRMaj x, DMatrixRMaj z) {
        if (MatrixFeatures_DDRM.hasUncountable(x)) {
            return Double.NaN;
        }
        double[] difference = of(shape, List.of(x, z)).difference(0, 1);
        return Math.sqrt(Frobenius.dot(difference, difference, difference.length));
    }
}
