package io.escapement.solve;

import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Where a solver is. Immutable: a step returns a new one and leaves this one as it was, bit for bit. */
public interface SolverState {

    /** The iterate; read-only. */
    DMatrixRMaj x();

    /** h(x). */
    double loss();

    /** ‖∇h(x)‖_F. */
    double gradientNorm();

    /** Step that led here: the multiple of the search direction; NaN at a start, to which no step led. */
    double stepSize();

    /** Why the method has ended by its own rule, a sentence without a full stop; empty while it has not. */
    default Optional<String> ended() {
        return Optional.empty();
    }

    /** Figures of the method's own, by the names under which they are shown, for example {@code kappa}; in a fixed order. */
    default Map<String, Double> figures() {
        return Map.of();
    }
}
