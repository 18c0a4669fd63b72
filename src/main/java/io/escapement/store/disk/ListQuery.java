package io.escapement.store.disk;

import io.escapement.event.RunState;
import io.escapement.store.RunFilter;
import io.escapement.store.RunOrder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The conditions of a list of runs in SQL, with numbered parameters, so that nothing a viewer writes becomes SQL. */
final class ListQuery {

    private static final String WORDS =
            "id || char(10) || name || char(10) || problem || char(10) || solver || char(10) || mechanism || char(10)"
                    + " || experiment || char(10) || cell || char(10) || tags || char(10) || note";

    private final List<Object> parameters = new ArrayList<>();

    /** A run whose first event is not written yet has no state. */
    private final StringBuilder where = new StringBuilder("state <> ''");

    ListQuery(RunFilter filter) {
        if (!filter.states().isEmpty()) {
            List<String> states = filter.states().stream().map(RunState::label).toList();
            and("state IN (SELECT value FROM json_each(" + parameter(array(states)) + "))");
        }
        contains(WORDS, filter.words());
        contains("problem", filter.problem());
        contains("solver", filter.solver());
        contains("mechanism", filter.escape());
        if (!filter.verdict().isEmpty()) {
            and("verdict = " + parameter(filter.verdict()));
        }
        if (!filter.experiment().isEmpty()) {
            boolean none = filter.experiment().equals(RunFilter.NO_EXPERIMENT);
            and("experiment = " + parameter(none ? "" : filter.experiment()));
        }
        if (!filter.tag().isEmpty()) {
            and(tagged(filter.tag()) + " > 0");
        }
        if (!filter.withoutTag().isEmpty()) {
            and(tagged(filter.withoutTag()) + " = 0");
        }
    }

    private String tagged(String tag) {
        return "instr(', ' || tags || ', ', ', ' || " + parameter(tag) + " || ', ')";
    }

    private void contains(String what, String part) {
        if (!part.isEmpty()) {
            String escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
            and(what + " LIKE " + parameter("%" + escaped + "%") + " ESCAPE '\\'");
        }
    }

    ListQuery except(Set<String> ids) {
        if (!ids.isEmpty()) {
            and("id NOT IN (SELECT value FROM json_each(" + parameter(array(ids)) + "))");
        }
        return this;
    }

    ListQuery among(Set<String> ids) {
        and("id IN (SELECT value FROM json_each(" + parameter(array(ids)) + "))");
        return this;
    }

    ListQuery updatedSince(Instant moment) {
        and("updated >= " + parameter(moment.toEpochMilli()));
        return this;
    }

    /** Only what comes after a place, in an order in which what is not known comes last and equals go by id. */
    ListQuery after(RunOrder order, RunOrder.Place place) {
        if (place == null) {
            return this;
        }
        String id = parameter(place.id());
        if (order.by() == RunOrder.Column.STARTED) {
            and("id " + (order.descending() ? "<" : ">") + id);
            return this;
        }
        String column = column(order.by());
        if (place.key() == null) {
            and(column + " IS NULL AND id < " + id);
            return this;
        }
        String key = parameter(place.key());
        and("(" + column + (order.descending() ? " < " : " > ") + key + " OR " + column + " IS NULL OR (" + column
                + " = " + key + " AND id < " + id + "))");
        return this;
    }

    static String orderBy(RunOrder order) {
        String way = order.descending() ? " DESC" : "";
        if (order.by() == RunOrder.Column.STARTED) {
            return "id" + way;
        }
        String column = column(order.by());
        return column + " IS NULL, " + column + way + ", id DESC";
    }

    private static String column(RunOrder.Column column) {
        return switch (column) {
            case STARTED -> "id";
            case NAME -> "lower(name)";
            case PROBLEM -> "lower(problem)";
            case SOLVER -> "lower(solver)";
            case ESCAPE -> "lower(mechanism)";
            case STATE -> "state";
            case VERDICT -> "verdict";
            case ATTEMPT -> "attempt";
            case ITERATION -> "iteration";
            case LOSS -> "loss";
            case GRADIENT -> "gradient";
            case LAMBDA_MIN -> "lambda_min";
            case ESCAPES -> "escapes";
            case RATE -> "rate";
            case IMPROVED -> "improved";
        };
    }

    private static String array(Iterable<String> texts) {
        StringBuilder json = new StringBuilder("[");
        for (String text : texts) {
            json.append(json.length() == 1 ? "\"" : ",\"");
            // No id has a control character, which JSON would not take.
            json.append(text.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\""));
            json.append('"');
        }
        return json.append(']').toString();
    }

    private void and(String condition) {
        where.append(" AND ").append(condition);
    }

    /** A placeholder for a text or a number. */
    String parameter(Object value) {
        parameters.add(value);
        return "?" + parameters.size();
    }

    String where() {
        return where.toString();
    }

    void bind(PreparedStatement query) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            query.setObject(i + 1, parameters.get(i));
        }
    }
}
