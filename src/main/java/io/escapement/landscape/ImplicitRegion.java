package io.escapement.landscape;

import org.ejml.data.DMatrixRMaj;

/** The set ℳ of few dimensions that iterates of an overparameterized problem are hoped to stay near ([IPGD] section 2.2). */
public interface ImplicitRegion {

    /**
     * x = x♯ + x⊥.
     *
     * @param x finite; read-only
     */
    Split split(DMatrixRMaj x);

    /** In words, for the run's header. */
    String describe();

    /**
     * A point and its nearest in the region.
     *
     * @param signal x♯, the projection onto ℳ
     * @param residual x⊥ = x − x♯
     */
    record Split(DMatrixRMaj signal, DMatrixRMaj residual) {}
}
