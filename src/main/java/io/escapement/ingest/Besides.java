package io.escapement.ingest;

import io.escapement.event.OwnFields;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program sends with its iterations and heartbeats besides figures. Of those there are series; a text or an object for each of
 * millions of rows there cannot be, and most often it is the same all the time. So a field is kept where it is new or has changed, in a
 * message beside the event that brought it, and so often at most; what is not kept is told once. Costs nothing until there is such a
 * field. Not thread-safe.
 */
final class Besides {

    /** Fields of a run, at most. */
    static final int MOST_FIELDS = OwnFields.MOST;

    /** Messages that a field has, at most: one that is another each time, such as a time of day, is to push nothing out. */
    static final int MOST_CHANGES = 20;

    private static final String KIND = "message";

    /** By name; null until there is one. */
    private Map<String, Field> fields;

    /** Whether it has been told that there are too many fields, or too much in an event. */
    private boolean full;

    private boolean large;

    private static final class Field {
        private String json;
        private int changes;
    }

    /** Messages about what a line that is no landmark has besides figures, and what is not kept of it. */
    List<RunEvent.Message> of(Draft draft, Stamp beside) {
        if (fields == null) {
            fields = new HashMap<>();
        }
        List<RunEvent.Message> messages = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        OwnFields.Collector kept = new OwnFields.Collector(KIND);
        for (Map.Entry<String, String> own : draft.besides().entrySet()) {
            String name = own.getKey();
            String json = own.getValue();
            if (!changed(name, json, warnings)) {
                continue;
            }
            if (!kept.add(name, json)) {
                told(kept, beside, messages);
                kept = new OwnFields.Collector(KIND);
                if (!kept.add(name, json)) {
                    lost(name).ifPresent(warnings::add);
                }
            }
        }
        told(kept, beside, messages);
        warnings.forEach(warning -> messages.add(new RunEvent.Message(beside, RunEvent.Level.WARNING, warning)));
        return messages;
    }

    private boolean changed(String name, String json, List<String> warnings) {
        Field field = fields.get(name);
        if (field == null) {
            if (fields.size() == MOST_FIELDS) {
                if (!full) {
                    full = true;
                    warnings.add("Of what iterations have besides figures a run keeps " + MOST_FIELDS
                            + " fields, and this one sends more: '" + LineReader.cut(name)
                            + "' is the first of which nothing is kept.");
                }
                return false;
            }
            field = new Field();
            fields.put(name, field);
        }
        if (json.equals(field.json) || field.changes > MOST_CHANGES) {
            return false;
        }
        field.json = json;
        field.changes++;
        if (field.changes > MOST_CHANGES) {
            field.json = null;
            warnings.add(
                    "'" + LineReader.cut(name) + "' has been something else " + MOST_CHANGES
                            + " times, which is as often as a field that is no figure is kept; what it is from here on is not.");
            return false;
        }
        return true;
    }

    private static void told(OwnFields.Collector kept, Stamp beside, List<RunEvent.Message> messages) {
        OwnFields own = kept.fields();
        if (!own.isEmpty()) {
            List<String> words = new ArrayList<>();
            own.asMap().forEach((name, json) -> words.add(LineReader.cut(name) + " = " + LineReader.cut(json)));
            messages.add(new RunEvent.Message(
                    beside, RunEvent.Level.INFO, "The program sends " + String.join(", ", words) + ".", own));
        }
    }

    /** What is to be told of a field for which there was no room in its event; nothing the second time. */
    Optional<String> lost(String name) {
        if (large) {
            return Optional.empty();
        }
        large = true;
        return Optional.of("Of what a program gives an event besides, " + OwnFields.MOST + " fields of "
                + OwnFields.MOST_CHARACTERS + " characters together are kept; '" + LineReader.cut(name)
                + "' is the first that is not.");
    }
}
