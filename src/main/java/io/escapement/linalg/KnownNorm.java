package io.escapement.linalg;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** ‖A‖₂, computed when it is first asked for, and again only for another {@link EigenSolver}. Safe for several threads. */
public final class KnownNorm {

    private final Supplier<SymmetricOperator> a;
    private EigenSolver by;
    private double norm;

    /** @param a made when it is needed; must not change */
    public KnownNorm(Supplier<SymmetricOperator> a) {
        this.a = Objects.requireNonNull(a, "a");
    }

    /** @param stop whether to break off, by a {@code CancellationException} */
    public synchronized double by(EigenSolver eigen, BooleanSupplier stop) {
        if (!eigen.equals(by)) {
            norm = eigen.norm(a.get().until(stop));
            by = eigen;
        }
        return norm;
    }
}
