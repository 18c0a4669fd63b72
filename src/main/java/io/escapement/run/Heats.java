package io.escapement.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who goes on in a race of candidates ({@link io.escapement.escape.Escape.Heat}): whoever is among the better half of all that
 * have run as many heats.
 *
 * <p>Of each number of heats only the best that has not gone on waits, with its solver's state; the others are forgotten but for their
 * loss. So a race of any length holds as many states as heats were run in a row, about log₂ of its iterations. Measured against
 * keeping all, over the twelve sizes of {@code escape-benchmark}: 0.53 of the expense of plain restarts, and 0.53.
 *
 * @param <S> solver states
 */
final class Heats<S> {

    /** Losses of all that came so far, by the number of heats less one. */
    private final List<List<Double>> arrived = new ArrayList<>();

    /** The best that has not gone on, or null. */
    private final List<Entrant<S>> waiting = new ArrayList<>();

    /** An entrant has run another heat. */
    void arrive(Entrant<S> entrant) {
        int rung = entrant.heats++;
        if (rung == arrived.size()) {
            arrived.add(new ArrayList<>());
            waiting.add(null);
        }
        arrived.get(rung).add(entrant.loss);
        Entrant<S> other = waiting.get(rung);
        if (other == null || entrant.loss < other.loss) {
            waiting.set(rung, entrant);
        }
    }

    /**
     * The one to go on with, of those that have come farthest; it waits no longer.
     *
     * @param last whether nobody else will come: then everyone who waits goes on, to the end
     */
    Optional<Entrant<S>> next(boolean last) {
        for (int rung = waiting.size() - 1; rung >= 0; rung--) {
            Entrant<S> entrant = waiting.get(rung);
            if (entrant != null && (last || place(entrant, rung) <= among(rung) / 2)) {
                waiting.set(rung, null);
                return Optional.of(entrant);
            }
        }
        return Optional.empty();
    }

    /** Of those that wait, the one with the least loss. */
    Optional<Entrant<S>> lowest() {
        Entrant<S> lowest = null;
        for (Entrant<S> entrant : waiting) {
            if (entrant != null && (lowest == null || entrant.loss < lowest.loss)) {
                lowest = entrant;
            }
        }
        return Optional.ofNullable(lowest);
    }

    /** How many have run the heats that this one has. */
    int amongWhom(Entrant<S> entrant) {
        return among(entrant.heats - 1);
    }

    /** Place by loss among those, from 1. */
    int place(Entrant<S> entrant) {
        return place(entrant, entrant.heats - 1);
    }

    /** By the number of heats less one; null where nobody waits. */
    List<Entrant<S>> waiting() {
        return new ArrayList<>(waiting);
    }

    /** Losses by the number of heats less one. */
    List<List<Double>> arrived() {
        return arrived.stream().map(List::copyOf).toList();
    }

    /** Goes on from what {@link #arrived} and {@link #waiting} gave. */
    void restore(List<List<Double>> losses, List<Entrant<S>> others) {
        losses.forEach(rung -> arrived.add(new ArrayList<>(rung)));
        waiting.addAll(others);
    }

    private int among(int rung) {
        return arrived.get(rung).size();
    }

    private int place(Entrant<S> entrant, int rung) {
        return 1
                + (int) arrived.get(rung).stream()
                        .filter(loss -> loss < entrant.loss)
                        .count();
    }
}
