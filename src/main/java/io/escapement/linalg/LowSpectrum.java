package io.escapement.linalg;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * The low end of one operator's spectrum, computed once and as far as anybody asked: a second question is answered from what the first
 * found, and a longer one goes on from there. Where the matrix was formed, all of it is known, to any tolerance. What Lanczos found
 * is used again by whoever asks for no more digits than it was asked for, and found anew otherwise.
 *
 * <p>Safe for several threads; one of them computes. A question that is broken off leaves what was known before.
 */
public final class LowSpectrum {

    private final SymmetricOperator a;
    private DenseEigen dense;
    private LowPairs sparse;

    /** @param a must not change */
    public LowSpectrum(SymmetricOperator a) {
        this.a = Objects.requireNonNull(a, "a");
    }

    /** The operator's matrix; the one that was formed, where it was. Read-only. */
    public synchronized DMatrixRMaj matrix() {
        return dense != null ? dense.matrix() : a.matrix();
    }

    /** The smallest pair, where it is known already to a tolerance that was asked for; computes nothing. */
    public synchronized Optional<Eigenpair> known() {
        if (dense != null) {
            return Optional.of(dense.smallest(1, 0).first());
        }
        return sparse != null && sparse.converged()
                ? Optional.of(sparse.first(1).first())
                : Optional.empty();
    }

    /**
     * The k smallest eigenpairs, as {@link EigenSolver#smallest} gives them.
     *
     * @param stop asked before each product that it takes; once it says yes, a {@code CancellationException} is thrown
     */
    public synchronized Eigenpairs smallest(EigenSolver eigen, int k, BooleanSupplier stop) {
        int wanted = eigen.wanted(a, k);
        if (dense == null && a.dimension() <= eigen.denseLimit()) {
            dense = DenseEigen.of(a.until(stop));
        }
        if (dense != null) {
            return dense.smallest(wanted, eigen.tolerance());
        }
        boolean serves = sparse != null && sparse.converged() && sparse.tolerance() <= eigen.tolerance();
        if (!serves || sparse.wanted() < wanted) {
            sparse = eigen.iterate(a.until(stop), wanted, serves ? sparse : LowPairs.none(eigen.tolerance()));
        }
        return sparse.first(wanted);
    }
}
