package io.escapement.problem;

import org.ejml.data.DMatrixRMaj;

/**
 * Of a {@link SensingOperator} that measures single entries: ‖𝒜(M)‖² = Σ_ij T_ij M_ij² for every symmetric M. The lifted
 * problem then needs no measurement of the lifted image: mode products with T do.
 */
public interface EntrywiseWeights {

    /**
     * T, n×n symmetric: squared weights, 0 where an entry is not seen.
     *
     * @return a new matrix, so for small n only
     */
    DMatrixRMaj squaredWeights();
}
