package io.escapement.linalg;

import java.util.List;

/**
 * What a search by {@link Lanczos} has found at the low end of a spectrum, so that a longer one can go on from it.
 *
 * @param found ascending; the wanted ones and those behind them that showed that nothing is missing
 * @param wanted how many were asked for, or as many as there are
 * @param tolerance they were asked for with
 * @param scale of the operator, as it was met
 * @param converged whether they meet the tolerance
 * @param products that it took in all
 */
record LowPairs(List<Eigenpair> found, int wanted, double tolerance, double scale, boolean converged, int products) {

    LowPairs {
        found = List.copyOf(found);
    }

    /** Before a search. */
    static LowPairs none(double tolerance) {
        return new LowPairs(List.of(), 0, tolerance, 0, true, 0);
    }

    /** The first of them, at most as many as were asked for. */
    Eigenpairs first(int count) {
        double edge = found.get(0).value() + Lanczos.closeness(tolerance, scale);
        int copies = (int) found.stream().filter(pair -> pair.value() <= edge).count();
        return new Eigenpairs(
                found.subList(0, Math.min(count, found.size())), Math.max(1, copies), converged, products);
    }
}
