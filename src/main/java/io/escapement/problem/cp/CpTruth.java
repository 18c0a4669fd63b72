package io.escapement.problem.cp;

import io.escapement.problem.GroundTruth;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * A truth T* = F(Z) known by its factor. Distances come from the cores ({@link CpCore}), so their error is a few rounding units
 * of ‖T*‖.
 */
public final class CpTruth implements GroundTruth {

    private final CpShape shape;
    private final DMatrixRMaj factor;
    private final double norm;

    /** @param factor Z, shape.rows()×r*; copied */
    public CpTruth(CpShape shape, DMatrixRMaj factor) {
        this.shape = Objects.requireNonNull(shape, "shape");
        CpArguments.requireTruth(shape, factor);
        this.factor = factor.copy();
        this.norm = distance(new DMatrixRMaj(factor.numRows, 1));
    }

    @Override
    public DMatrixRMaj factor() {
        return factor;
    }

    @Override
    public double norm() {
        return norm;
    }

    @Override
    public double distance(DMatrixRMaj x) {
        if (x.numRows != shape.rows()) {
            throw new IllegalArgumentException("x has " + x.numRows + " rows; the truth's factor has " + shape.rows());
        }
        return CpCore.distance(shape, x, factor);
    }
}
