package io.escapement.linalg;

import java.util.List;

/**
 * Eigenpairs at one end of a spectrum, the extreme one first.
 *
 * @param pairs orthonormal to rounding; copies of a repeated eigenvalue are pairs of their own
 * @param multiplicity copies of the extreme eigenvalue that were found, at least 1; the search for copies ends a few past
 *     the number of pairs asked for, so it is a lower bound there
 * @param converged whether every residual met the tolerance, and a second start found nothing beyond these pairs
 * @param products products with A that it took
 */
public record Eigenpairs(List<Eigenpair> pairs, int multiplicity, boolean converged, int products) {
    public Eigenpairs {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("pairs is empty; at least one eigenpair is needed");
        }
    }

    /** The extreme pair. */
    public Eigenpair first() {
        return pairs.get(0);
    }

    Eigenpairs negated() {
        return new Eigenpairs(pairs.stream().map(Eigenpair::negated).toList(), multiplicity, converged, products);
    }
}
