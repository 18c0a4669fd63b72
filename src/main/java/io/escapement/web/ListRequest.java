package io.escapement.web;

import io.escapement.event.RunState;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunFilter;
import io.escapement.store.RunOrder;
import io.escapement.store.StreamJson;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page of the list of runs: {@code state=stalled,lost&tag=&archived=false&q=&problem=&solver=&escape=&verdict=&experiment=&sort=loss&order=
 * desc&cursor=&limit=50}. Archived runs are those with the tag {@value #ARCHIVED}; where {@code archived} is not given they are in
 * the list. The answer has the runs, {@code total} that the filter admits, and {@code next} where there are more.
 */
record ListRequest(RunFilter filter, RunOrder order, RunOrder.Place after, int limit) {

    static final String ARCHIVED = "archived";

    /** All that a request for a page of the list may have. */
    static final String[] PARAMETERS = {
        "state",
        "tag",
        ARCHIVED,
        "q",
        "problem",
        "solver",
        "escape",
        "verdict",
        "experiment",
        "sort",
        "order",
        "limit",
        "cursor"
    };

    private static final int MAX_PAGE = 200;
    private static final int DEFAULT_PAGE = 50;

    static ListRequest of(RoutingContext context) throws InvalidRequest {
        int limit = (int) Query.integer(context, "limit", 1, MAX_PAGE, DEFAULT_PAGE);
        RunOrder order = order(context);
        String cursor = text(context, "cursor");
        return new ListRequest(filter(context), order, cursor.isEmpty() ? null : Cursor.read(cursor, order), limit);
    }

    private static RunFilter filter(RoutingContext context) throws InvalidRequest {
        String archived = Query.text(context, ARCHIVED);
        if (archived != null && !archived.equals("true") && !archived.equals("false")) {
            throw new InvalidRequest("archived", "archived is '" + archived + "'; true or false would be valid");
        }
        String tag = text(context, "tag");
        boolean only = "true".equals(archived);
        if (only && !tag.isEmpty()) {
            throw new InvalidRequest(
                    "archived", "archived is 'true' beside tag '" + tag + "'; one of the two would be valid");
        }
        return new RunFilter(
                states(context),
                text(context, "q"),
                only ? ARCHIVED : tag,
                "false".equals(archived) ? ARCHIVED : "",
                text(context, "problem"),
                text(context, "solver"),
                text(context, "escape"),
                text(context, "verdict"),
                text(context, "experiment"));
    }

    private static String text(RoutingContext context, String name) {
        String text = Query.text(context, name);
        return text == null ? "" : text.strip();
    }

    private static Set<RunState> states(RoutingContext context) throws InvalidRequest {
        Set<RunState> states = EnumSet.noneOf(RunState.class);
        for (String label : Query.names(context, "state")) {
            states.add(Arrays.stream(RunState.values())
                    .filter(state -> state.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new InvalidRequest(
                            "state",
                            "state is '" + label + "'; one or more of "
                                    + Arrays.stream(RunState.values())
                                            .map(RunState::label)
                                            .collect(Collectors.joining(", "))
                                    + " would be valid")));
        }
        return states;
    }

    private static RunOrder order(RoutingContext context) throws InvalidRequest {
        String sort = Query.text(context, "sort");
        String way = Query.text(context, "order");
        if (way != null && !way.equals("asc") && !way.equals("desc")) {
            throw new InvalidRequest("order", "order is '" + way + "'; asc or desc would be valid");
        }
        String wanted = sort == null ? RunOrder.Column.STARTED.label() : sort.toLowerCase(Locale.ROOT);
        RunOrder.Column column = Arrays.stream(RunOrder.Column.values())
                .filter(candidate -> candidate.label().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        "sort",
                        "sort is '" + sort + "'; one of "
                                + Arrays.stream(RunOrder.Column.values())
                                        .map(RunOrder.Column::label)
                                        .collect(Collectors.joining(", "))
                                + " would be valid"));
        return new RunOrder(column, way == null ? column == RunOrder.Column.STARTED : way.equals("desc"));
    }

    /** Reads from the store; on a worker thread. */
    String answer(RunCatalogue catalogue) {
        List<Listed> runs = catalogue.page(filter, order, after, limit + 1);
        long total = catalogue.count(filter).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return StreamJson.text(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("runs");
            for (Listed run : runs.subList(0, Math.min(limit, runs.size()))) {
                StreamJson.summary(json, run);
            }
            json.writeEndArray();
            json.writeNumberField("total", total);
            if (runs.size() > limit) {
                json.writeStringField("next", Cursor.text(order.place(runs.get(limit - 1)), order));
            }
            json.writeEndObject();
        });
    }
}
