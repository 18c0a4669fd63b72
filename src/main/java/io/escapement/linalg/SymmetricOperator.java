package io.escapement.linalg;

import org.ejml.data.DMatrixRMaj;

/** A symmetric n×n matrix A known by its action on blocks of vectors. */
public interface SymmetricOperator {

    /** n. */
    int dimension();

    /**
     * A·V.
     *
     * @param v n×k, any k ≥ 1
     * @param out reshaped to n×k and overwritten; must not be {@code v}
     */
    void apply(DMatrixRMaj v, DMatrixRMaj out);

    /** −A: the smallest eigenvalues of the one are the largest of the other. */
    default SymmetricOperator negated() {
        SymmetricOperator a = this;
        return new SymmetricOperator() {
            @Override
            public int dimension() {
                return a.dimension();
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                a.apply(v, out);
                for (int i = 0; i < out.getNumElements(); i++) {
                    out.data[i] = -out.data[i];
                }
            }
        };
    }
}
