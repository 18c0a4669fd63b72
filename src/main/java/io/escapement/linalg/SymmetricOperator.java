package io.escapement.linalg;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/** A symmetric n×n matrix A known by its action on blocks of vectors. */
public interface SymmetricOperator {

    /** Columns of the identity that {@link #apply} gets at a time where the matrix is formed. */
    int IDENTITY_BLOCK = 32;

    /** n. */
    int dimension();

    /**
     * A·V.
     *
     * @param v n×k, any k ≥ 1
     * @param out reshaped to n×k and overwritten; must not be {@code v}
     */
    void apply(DMatrixRMaj v, DMatrixRMaj out);

    /** A itself, n×n, symmetric but for rounding: by its action on the identity, unless there is a cheaper way. A new one each time. */
    default DMatrixRMaj matrix() {
        int n = dimension();
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        DMatrixRMaj out = new DMatrixRMaj(n, Math.min(n, IDENTITY_BLOCK));
        for (int first = 0; first < n; first += IDENTITY_BLOCK) {
            int columns = Math.min(IDENTITY_BLOCK, n - first);
            DMatrixRMaj identity = new DMatrixRMaj(n, columns);
            for (int j = 0; j < columns; j++) {
                identity.set(first + j, j, 1);
            }
            apply(identity, out);
            for (int i = 0; i < n; i++) {
                System.arraycopy(out.data, i * columns, a.data, i * n + first, columns);
            }
        }
        return a;
    }

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
                goOn();
                a.apply(v, out);
            }

            @Override
            public DMatrixRMaj matrix() {
                goOn();
                return a.matrix();
            }

            private void goOn() {
                if (stop.getAsBoolean()) {
                    throw new CancellationException("a product was not wanted any longer");
                }
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
