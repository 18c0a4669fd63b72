package io.escapement.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a run before its first event.
 *
 * @param id ULID
 * @param name what people call it
 * @param problem name of the problem, as on the command line
 * @param solver name of the solver
 * @param escape name of the escape mechanism, or "none"
 * @param seed of every random draw
 * @param started producer's clock, UTC
 * @param command that repeats the run
 * @param settings options and what else describes the run, as text; those that the problem does not heed are among them
 * @param figures names of the figures each iteration carries
 * @param gradientBound ‖∇h‖ at which the solver rests, absolute; NaN if there is none
 * @param axes what the three coordinates of a {@link Point3} are, or null where points are not given
 */
public record RunHeader(
        String id,
        String name,
        String problem,
        String solver,
        String escape,
        long seed,
        Instant started,
        String command,
        Map<String, String> settings,
        List<String> figures,
        double gradientBound,
        Axes axes) {

    /** In the settings it says who makes the events: {@link #EXTERNAL} where another program does. */
    public static final String SOURCE = "source";

    public static final String EXTERNAL = "external";

    private static final String TAGS = "tags";
    private static final String NOTE = "note";
    private static final String SEPARATOR = ", ";

    public RunHeader {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(solver, "solver");
        Objects.requireNonNull(escape, "escape");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(command, "command");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        figures = List.copyOf(figures);
    }

    /** What people call it and say of it, which may change; the rest stays. Tags hold no comma. */
    public RunHeader labelled(String otherName, List<String> tags, String note) {
        Map<String, String> others = new LinkedHashMap<>(settings);
        set(others, TAGS, String.join(SEPARATOR, tags));
        set(others, NOTE, note);
        return new RunHeader(
                id, otherName, problem, solver, escape, seed, started, command, others, figures, gradientBound, axes);
    }

    private static void set(Map<String, String> settings, String name, String value) {
        if (value.isBlank()) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
    }

    /** Whether another program feeds the run. */
    public boolean fed() {
        return EXTERNAL.equals(settings.get(SOURCE));
    }

    /** Words by which people find it again. */
    public List<String> tags() {
        String tags = settings.getOrDefault(TAGS, "");
        return tags.isEmpty() ? List.of() : List.of(tags.split(SEPARATOR, -1));
    }

    /** What people have written about it; empty where they have not. */
    public String note() {
        return settings.getOrDefault(NOTE, "");
    }

    public Optional<Axes> projection() {
        return Optional.ofNullable(axes);
    }

    /**
     * The plane of projection in words, with what can be drawn in it before the run begins.
     *
     * @param labels of the three axes
     * @param kind "native" when the coordinates are the iterate itself, otherwise how the axes were chosen
     * @param truths the ground truth and its symmetric copies, projected; empty where it is not known
     */
    public record Axes(List<String> labels, String kind, List<Point3> truths) {
        public Axes {
            labels = List.copyOf(labels);
            truths = List.copyOf(truths);
            if (labels.size() != 3) {
                throw new IllegalArgumentException("labels are " + labels + "; three are needed");
            }
        }
    }
}
