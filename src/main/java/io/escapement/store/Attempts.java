package io.escapement.store;

import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import java.util.ArrayList;
import java.util.List;

/** The attempts of a run after the first, and what they took out of the series of those before. Not thread-safe. */
final class Attempts {

    /** In order; a new list with each. */
    private List<Attempt> list = List.of();

    /** Whether the newest attempt has told of an iteration: from the first on it rewrites, and not before. */
    private boolean iterated;

    /** What a store has to rewrite, by the log's index; one for each attempt. */
    private final List<Rewind> rewinds = new ArrayList<>();

    /** What they took out of the overview, as far as this process did it; in order of attempt. */
    private final List<Replaced> replaced = new ArrayList<>();

    /**
     * An event comes.
     *
     * @return whether the newest attempt supersedes more from here on than it did: it begins, or goes further back than it said
     */
    boolean event(RunEvent event) {
        int newest = list.isEmpty() ? 1 : newest().number();
        boolean iterates = event instanceof RunEvent.Iteration;
        boolean more = false;
        if (event.stamp().attempt() > newest) {
            iterated = false;
            add(Attempt.by(event));
            more = true;
        } else if (iterates && !iterated && newest > 1 && event.stamp().attempt() == newest) {
            if (event.stamp().iteration() <= newest().iteration()) {
                list = before();
                add(Attempt.by(event));
                more = true;
            }
        }
        iterated |= iterates;
        return more;
    }

    /**
     * Those that are known from elsewhere.
     *
     * @param begun whether the newest has told of an iteration
     */
    void know(List<Attempt> others, boolean begun) {
        list = List.copyOf(others);
        iterated = begun;
    }

    void add(Attempt next) {
        List<Attempt> all = new ArrayList<>(list);
        all.add(next);
        list = List.copyOf(all);
    }

    List<Attempt> list() {
        return list;
    }

    Attempt newest() {
        return list.get(list.size() - 1);
    }

    /** Whether an event was superseded before the newest attempt came. */
    boolean supersededBefore(Stamp stamp) {
        return before().stream().anyMatch(attempt -> attempt.supersedes(stamp));
    }

    private List<Attempt> before() {
        return list.subList(0, list.size() - 1);
    }

    /** The newest attempt rewrites the series. */
    void rewind(Rewind rewind) {
        rewinds.add(rewind);
    }

    /**
     * It took rows out of the overview.
     *
     * @param index in the log from which on
     */
    void replace(long index, SeriesTable taken) {
        int last = replaced.size() - 1;
        if (last >= 0 && replaced.get(last).attempt() == newest().number()) {
            replaced.set(last, replaced.get(last).and(taken, index));
            return;
        }
        replaced.add(Replaced.of(newest().number(), index, new SeriesBlock(taken)));
        if (replaced.size() > Replaced.KEPT) {
            replaced.remove(0);
        }
    }

    /** Rewinds after an index in the log. */
    List<Rewind> rewinds(long after) {
        return rewinds.stream().filter(rewind -> rewind.index() > after).toList();
    }

    /** What was taken out after an index in the log. */
    List<Replaced> replaced(long after) {
        return replaced.stream().filter(rows -> rows.index() > after).toList();
    }
}
