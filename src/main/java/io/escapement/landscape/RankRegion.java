package io.escapement.landscape;

import io.escapement.linalg.FactorSvd;
import io.escapement.problem.FactorShape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * ℳ = {X : rank X ≤ r}, of an asymmetric factor {(X, Y) : rank X ≤ r, rank Y ≤ r} ([IPGD] section 7). The projection is the truncated
 * singular value decomposition, of each block for itself.
 *
 * <p>The residual is taken as (I − UUᵀ)X(I − VVᵀ) and projected once more: a residual of 1e−15 beside a signal of 1 is at the
 * rounding of X itself, but it is orthogonal to the signal to full relative precision, which the Hessian's products with it need.
 *
 * @param shape symmetric or asymmetric
 * @param rank r ≥ 0
 */
public record RankRegion(FactorShape shape, int rank) implements ImplicitRegion {

    public RankRegion {
        if (rank < 0) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 0 is needed");
        }
        if (shape.imageColumns() == 1 && shape.split() == 0 && shape.rows() > 1) {
            throw new IllegalArgumentException("the parameterization is "
                    + shape.parameterization().label() + "; of a vector the region is its support, not a rank");
        }
    }

    @Override
    public Split split(DMatrixRMaj x) {
        DMatrixRMaj residual = new DMatrixRMaj(x.numRows, x.numCols);
        int top = shape.split() == 0 ? x.numRows : shape.split();
        block(x, 0, top, residual);
        if (top < x.numRows) {
            block(x, top, x.numRows, residual);
        }
        DMatrixRMaj signal = new DMatrixRMaj(x.numRows, x.numCols);
        CommonOps_DDRM.subtract(x, residual, signal);
        return new Split(signal, residual);
    }

    private void block(DMatrixRMaj x, int from, int to, DMatrixRMaj residual) {
        int rows = to - from;
        int columns = x.numCols;
        int kept = Math.min(rank, Math.min(rows, columns));
        DMatrixRMaj part = CommonOps_DDRM.extract(x, from, to, 0, columns);
        boolean tall = rows >= columns;
        FactorSvd svd = FactorSvd.of(tall ? part : CommonOps_DDRM.transpose(part, null));
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < kept; k++) {
                DMatrixRMaj left = tall ? svd.left(k) : svd.right(k);
                DMatrixRMaj right = tall ? svd.right(k) : svd.left(k);
                removeFromRows(part, right);
                removeFromColumns(part, left);
            }
        }
        if (kept == Math.min(rows, columns)) {
            part.zero();
        }
        CommonOps_DDRM.insert(part, residual, from, 0);
    }

    /** A ← A(I − vvᵀ). */
    private static void removeFromRows(DMatrixRMaj a, DMatrixRMaj v) {
        int columns = a.numCols;
        for (int i = 0; i < a.numRows; i++) {
            double c = 0;
            for (int j = 0; j < columns; j++) {
                c += a.data[i * columns + j] * v.data[j];
            }
            for (int j = 0; j < columns; j++) {
                a.data[i * columns + j] -= c * v.data[j];
            }
        }
    }

    /** A ← (I − uuᵀ)A. */
    private static void removeFromColumns(DMatrixRMaj a, DMatrixRMaj u) {
        int columns = a.numCols;
        for (int j = 0; j < columns; j++) {
            double c = 0;
            for (int i = 0; i < a.numRows; i++) {
                c += a.data[i * columns + j] * u.data[i];
            }
            for (int i = 0; i < a.numRows; i++) {
                a.data[i * columns + j] -= c * u.data[i];
            }
        }
    }

    @Override
    public String describe() {
        return shape.split() == 0 ? "rank at most " + rank : "each factor of rank at most " + rank;
    }
}
