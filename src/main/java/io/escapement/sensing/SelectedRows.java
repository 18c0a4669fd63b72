package io.escapement.sensing;

import io.escapement.problem.ResidualWeight;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Some of another operator's measurements, which is shared and not copied: (𝒜_S(M))_p = (𝒜(M))_{k_p}. A primitive costs what it
 * costs on all of them.
 */
public final class SelectedRows implements SensingOperator {

    private final SensingOperator all;
    private final int[] rows;
    /** p with rows[p] = k, or −1. */
    private final int[] position;

    private final RestrictedConstants constants;

    /**
     * @param rows numbers of measurements, each once
     * @throws IllegalArgumentException if one does not exist or is given twice
     */
    public SelectedRows(SensingOperator all, int[] rows) {
        this.all = all;
        this.rows = rows.clone();
        this.position = new int[all.measurements()];
        Arrays.fill(position, -1);
        for (int p = 0; p < rows.length; p++) {
            if (rows[p] < 0 || rows[p] >= position.length || position[rows[p]] >= 0) {
                throw new IllegalArgumentException("rows[" + p + "] is " + rows[p] + "; 0 to " + (position.length - 1)
                        + " is possible, each once");
            }
            position[rows[p]] = p;
        }
        this.constants = new RestrictedConstants(
                0, all.constants().smoothness(), "at most those of all " + position.length + " rows");
    }

    @Override
    public int dimension() {
        return all.dimension();
    }

    @Override
    public int measurements() {
        return rows.length;
    }

    @Override
    public RestrictedConstants constants() {
        return constants;
    }

    @Override
    public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
        PrimitiveArguments.ofMeasure(this, x, y, out);
        double[] whole = new double[position.length];
        all.measure(x, y, whole);
        gather(whole, out);
    }

    @Override
    public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
        PrimitiveArguments.ofBackproject(this, w, v, out);
        all.backproject(scattered(w), v, out);
    }

    @Override
    public void residualAndBackprojection(DMatrixRMaj x, double[] b, double[] residual, DMatrixRMaj out) {
        residualAndBackprojection(x, b, (p, r) -> r, residual, out);
    }

    @Override
    public void residualAndBackprojection(
            DMatrixRMaj x, double[] b, ResidualWeight weight, double[] residual, DMatrixRMaj out) {
        PrimitiveArguments.ofBoth(this, x, b, residual, out);
        double[] whole = new double[position.length];
        all.residualAndBackprojection(
                x, scattered(b), (k, r) -> position[k] < 0 ? 0 : weight.at(position[k], r), whole, out);
        gather(whole, residual);
    }

    private void gather(double[] whole, double[] out) {
        for (int p = 0; p < rows.length; p++) {
            out[p] = whole[rows[p]];
        }
    }

    /** 0 where a measurement is not among these. */
    private double[] scattered(double[] values) {
        double[] whole = new double[position.length];
        for (int p = 0; p < rows.length; p++) {
            whole[rows[p]] = values[p];
        }
        return whole;
    }

    @Override
    public String toString() {
        return rows.length + " of " + all;
    }
}
