package io.escapement.landscape;

import io.escapement.linalg.FactorSvd;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * ℳ = {X : rank X ≤ r} ([IPGD] example 2); the projection is the truncated singular value decomposition.
 *
 * <p>Of an asymmetric factor it is the rank of [X; Y] as a whole, where [IPGD] section 7 has rank X ≤ r and rank Y ≤ r apart. That set is
 * larger, and gradient descent does not stay in it (its assumption 3): where the rows of X and Y span different spaces, X − ηRY has the
 * rank 2r, whereas [X; Y] ↦ [X − ηRY; Y − ηRᵀX] keeps the rows' span. From a tiny perturbation the two spans agree soon, and so do
 * the regions.
 *
 * <p>The residual is taken as (I − UUᵀ)X(I − VVᵀ) and projected once more: a residual of 1e−15 beside a signal of 1 is at the
 * rounding of X itself, but it is orthogonal to the signal to full relative precision, which the Hessian's products with it need.
 *
 * @param rank r ≥ 0
 */
public record RankRegion(int rank) implements ImplicitRegion {

    public RankRegion {
        if (rank < 0) {
            throw new IllegalArgumentException("rank is " + rank + "; at least 0 is needed");
        }
    }

    @Override
    public Split split(DMatrixRMaj x) {
        boolean tall = x.numRows >= x.numCols;
        int kept = Math.min(rank, Math.min(x.numRows, x.numCols));
        if (kept == Math.min(x.numRows, x.numCols)) {
            return new Split(x.copy(), new DMatrixRMaj(x.numRows, x.numCols));
        }
        FactorSvd svd = FactorSvd.of(tall ? x : CommonOps_DDRM.transpose(x, null));
        DMatrixRMaj residual = x.copy();
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < kept; k++) {
                removeFromRows(residual, tall ? svd.right(k) : svd.left(k));
                removeFromColumns(residual, tall ? svd.left(k) : svd.right(k));
            }
        }
        DMatrixRMaj signal = new DMatrixRMaj(x.numRows, x.numCols);
        CommonOps_DDRM.subtract(x, residual, signal);
        return new Split(signal, residual);
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
        return "rank at most " + rank;
    }
}
