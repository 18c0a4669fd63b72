package io.escapement.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fields that a program gave an event beside those that every event has: JSON by name, in order. Bounded, so that a log of many events is.
 * Immutable.
 */
public final class OwnFields {

    /** Fields that an event keeps, at most. */
    public static final int MOST = 32;

    /** Characters of their names and their JSON together, at most. */
    public static final int MOST_CHARACTERS = 8192;

    /** Before the name of a field that would be taken for one that the event has itself. */
    public static final String SENT = "sent.";

    private static final Set<String> EVERY = Set.of(
            "run", "schema", "attempt", "seq", "iteration", "segment", "time", "elapsed", "kind", "values", "point");

    private static final Set<String> JUDGED =
            Set.of("reason", "stop", "verdict", "title", "sentence", "trap", "judgement");

    private static final Map<String, Set<String>> OF_KIND = Map.of(
            "stationary",
            JUDGED,
            "verdict",
            plus(JUDGED, "state"),
            "escape",
            Set.of("mechanism", "type", "outcome", "detail"),
            "phase",
            Set.of("phase", "detail"),
            "message",
            Set.of("level", "text"),
            "heartbeat",
            Set.of("expectNext"));

    private static final OwnFields NONE = new OwnFields(Map.of());

    private final Map<String, String> json;

    private OwnFields(Map<String, String> json) {
        this.json = Collections.unmodifiableMap(json);
    }

    private static Set<String> plus(Set<String> names, String name) {
        Set<String> more = new TreeSet<>(names);
        more.add(name);
        return more;
    }

    public static OwnFields none() {
        return NONE;
    }

    /** Whether events of a kind have a field of this name themselves. */
    public static boolean taken(String kind, String name) {
        return EVERY.contains(name) || OF_KIND.getOrDefault(kind, Set.of()).contains(name);
    }

    public boolean isEmpty() {
        return json.isEmpty();
    }

    /** JSON of each value by name, in order. */
    public Map<String, String> asMap() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnFields that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toString();
    }

    /** Takes fields as long as there is room. Not thread-safe. */
    public static final class Collector {

        private final String kind;
        private final Map<String, String> json = new LinkedHashMap<>();
        private int characters;

        /** @param kind of the event that they belong to */
        public Collector(String kind) {
            this.kind = kind;
        }

        /**
         * Keeps a field, under another name where the event has one of this name itself.
         *
         * @param value JSON, in one line
         * @return whether there was room for it
         */
        public boolean add(String name, String value) {
            String kept = taken(kind, name) ? SENT + name : name;
            int more = kept.length() + value.length();
            if (json.size() == MOST || characters + more > MOST_CHARACTERS) {
                return false;
            }
            characters += more;
            json.put(kept, value);
            return true;
        }

        /** What there is, which is not added to any more. */
        public OwnFields fields() {
            return json.isEmpty() ? NONE : new OwnFields(json);
        }
    }
}
