package io.escapement.landscape;

import org.ejml.data.DMatrixRMaj;

/**
 * ℳ of sparse recovery ([IPGD] section 7): u_i = 0 where θ*_i ≤ 0 and v_i = 0 where θ*_i ≥ 0; in general the points that are 0 in the rows
 * where the truth's factor is.
 */
public final class SupportRegion implements ImplicitRegion {

    private final boolean[] inside;
    private final int size;

    /** @param factor of the truth, as {@link io.escapement.problem.GroundTruth#factor} gives it */
    public SupportRegion(DMatrixRMaj factor) {
        inside = new boolean[factor.numRows];
        int count = 0;
        for (int i = 0; i < factor.numRows; i++) {
            for (int j = 0; j < factor.numCols; j++) {
                inside[i] |= factor.data[i * factor.numCols + j] != 0;
            }
            count += inside[i] ? 1 : 0;
        }
        size = count;
    }

    @Override
    public Split split(DMatrixRMaj x) {
        if (x.numRows != inside.length) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows; the region knows " + inside.length);
        }
        DMatrixRMaj signal = new DMatrixRMaj(x.numRows, x.numCols);
        DMatrixRMaj residual = new DMatrixRMaj(x.numRows, x.numCols);
        for (int e = 0; e < x.getNumElements(); e++) {
            (inside[e / x.numCols] ? signal : residual).data[e] = x.data[e];
        }
        return new Split(signal, residual);
    }

    @Override
    public String describe() {
        return "the truth's support, " + size + " of " + inside.length + " rows";
    }
}
