package io.escapement.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A page of a list, put together of runs from wherever they are. Each stands where it stood when it was added: it may move on meanwhile. */
final class RunPage {

    private final RunOrder order;
    private final Comparator<RunOrder.Place> comparator;
    private final RunOrder.Place after;
    private final List<Standing> found = new ArrayList<>();

    private record Standing(RunOrder.Place place, Listed run) {}

    /** @param after where the last one stands that is known already, or null */
    RunPage(RunOrder order, RunOrder.Place after) {
        this.order = order;
        this.comparator = order.comparator();
        this.after = after;
    }

    /** Leaves out what comes before the page. */
    void add(Listed run) {
        RunOrder.Place place = order.place(run);
        if (after == null || comparator.compare(place, after) > 0) {
            found.add(new Standing(place, run));
        }
    }

    /** In order, the first of them. */
    List<Listed> first(int limit) {
        return found.stream()
                .sorted(Comparator.comparing(Standing::place, comparator))
                .limit(limit)
                .map(Standing::run)
                .toList();
    }
}
