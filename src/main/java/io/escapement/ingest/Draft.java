package io.escapement.ingest;

import io.escapement.event.Names;
import io.escapement.event.Point3;
import io.escapement.event.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one line says, before what it leaves out is filled in. Used again for the next line; not thread-safe. */
final class Draft {

    static final long ABSENT = -1;

    private static final int MAX_FIGURES = 200;

    long attempt;
    long seq;
    long iteration;
    long segment;
    Instant time;
    Duration elapsed;
    Duration expectNext;
    String kind;
    Point3 point;

    /** Whether the line carries a judgement of ours. */
    boolean judged;

    /** Fields that are texts, by name, which an event of some kind has itself. */
    final Map<String, String> texts = new LinkedHashMap<>();

    /** Fields that no event has itself, and that are no figures: their JSON by name. */
    final Map<String, String> own = new LinkedHashMap<>();

    /** First of the program's own fields that the event could not keep, or null. */
    String lost;

    private String[] names = new String[8];
    private double[] numbers = new double[8];
    private int figures;

    /** Those of the line before, which are most often those of this one. */
    private Names lately = Names.of();

    /** Whether those so far are. */
    private boolean asLately = true;

    void clear() {
        attempt = ABSENT;
        seq = ABSENT;
        iteration = ABSENT;
        segment = ABSENT;
        time = null;
        elapsed = null;
        expectNext = null;
        kind = "iteration";
        point = null;
        judged = false;
        texts.clear();
        own.clear();
        lost = null;
        figures = 0;
        asLately = true;
    }

    /** @throws BadLine if there are too many, or one of this name already */
    void figure(String name, double number) {
        if (name.isBlank()) {
            throw new BadLine("a figure has no name; one such as loss is needed");
        }
        if (figures == MAX_FIGURES) {
            throw new BadLine("the line holds more than " + MAX_FIGURES + " figures, which is the most");
        }
        if (figures == names.length) {
            names = Arrays.copyOf(names, 2 * figures);
            numbers = Arrays.copyOf(numbers, 2 * figures);
        }
        // As long as the names are those of the line before, in order, none can be there twice.
        boolean expected =
                asLately && figures < lately.size() && lately.get(figures).equals(name);
        asLately = expected;
        if (!expected) {
            for (int i = 0; i < figures; i++) {
                if (names[i].equals(name)) {
                    throw new BadLine(name + " is given twice; once is needed");
                }
            }
        }
        names[figures] = expected ? lately.get(figures) : name;
        numbers[figures++] = number;
    }

    /**
     * Keeps a field of the program's own.
     *
     * @throws BadLine if there is one of this name already
     */
    void own(String name, String json) {
        if (own.putIfAbsent(name, json) != null) {
            throw new BadLine(name + " is given twice; once is needed");
        }
    }

    /** Whether a line of an iteration or a heartbeat has something that is not kept with it. */
    boolean hasBesides() {
        return !own.isEmpty() || !texts.isEmpty() || (figures > 0 && !kind.equals("iteration"));
    }

    /** JSON of what it has besides, by name. */
    Map<String, String> besides() {
        Map<String, String> besides = new LinkedHashMap<>();
        texts.forEach((name, text) -> besides.put(name, LineReader.quoted(text)));
        besides.putAll(own);
        for (int i = 0; i < figures && !kind.equals("iteration"); i++) {
            besides.put(names[i], LineReader.json(numbers[i]));
        }
        return besides;
    }

    int figures() {
        return figures;
    }

    Values values() {
        if (figures == 0) {
            return Values.none();
        }
        boolean same = figures == lately.size();
        for (int i = 0; same && i < figures; i++) {
            same = lately.get(i).equals(names[i]);
        }
        if (!same) {
            lately = Names.of(Arrays.copyOf(names, figures));
        }
        return Values.of(lately, Arrays.copyOf(numbers, figures));
    }
}
