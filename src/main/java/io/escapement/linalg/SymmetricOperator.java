package io.escapement.linalg;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
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

    /**
     * The same, until nobody needs its products any longer: the way out of a long iteration, within one product.
     *
     * @param stop asked before each product; once it says yes, {@link #apply} throws a {@link CancellationException}
     */
    default SymmetricOperator until(BooleanSupplier stop) {
        SymmetricOperator a = this;
        return new SymmetricOperator() {
            @Override
            public int dimension() {
                return a.dimension();
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("a product was not wanted any longer");
                }
                a.apply(v, out);
            }
        };
    }

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
