package io.escapement.store;

import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Which runs a list shall have: those that every part admits.
 *
 * @param states any of them; empty for all
 * @param words that id, name, problem, solver, escape, experiment, cell, tags or note contain, whatever their case; empty
 *     for any
 * @param tag that it has, or empty for any
 * @param withoutTag that it does not have, or empty
 * @param problem that its problem contains, whatever the case, or empty
 * @param solver that its solver contains, or empty
 * @param escape that its escape mechanism contains, or empty
 * @param verdict on the point where it is, to the letter, or empty
 * @param experiment of which it is a trial, to the letter; {@value #NO_EXPERIMENT} for runs that are of none, or empty
 */
public record RunFilter(
        Set<RunState> states,
        String words,
        String tag,
        String withoutTag,
        String problem,
        String solver,
        String escape,
        String verdict,
        String experiment) {

    /** In place of an experiment: runs that are trials of none. */
    public static final String NO_EXPERIMENT = "none";

    private static final String EXPERIMENT = "experiment";

    /** All runs. */
    public static final RunFilter ALL = new RunFilter(null, "", "");

    public RunFilter {
        states = states.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(states));
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(withoutTag, "withoutTag");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(solver, "solver");
        Objects.requireNonNull(escape, "escape");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(experiment, "experiment");
    }

    /** @param state or null for any */
    public RunFilter(RunState state, String words, String tag) {
        this(state == null ? Set.of() : Set.of(state), words, tag, "", "", "", "", "", "");
    }

    /** Whatever the tags. */
    public RunFilter(RunState state, String words) {
        this(state, words, "");
    }

    /** The same without a tag. */
    public RunFilter without(String unwanted) {
        return new RunFilter(states, words, tag, unwanted, problem, solver, escape, verdict, experiment);
    }

    boolean admits(Listed run) {
        RunHeader header = run.header();
        return (tag.isEmpty() || header.tags().contains(tag))
                && (withoutTag.isEmpty() || !header.tags().contains(withoutTag))
                && contains(header.problem(), problem)
                && contains(header.solver(), solver)
                && contains(header.escape(), escape)
                && of(header.settings().getOrDefault(EXPERIMENT, ""))
                && (words.isEmpty() || contains(text(header), words))
                && (timeless() || admits(run.status()));
    }

    private boolean of(String name) {
        return experiment.isEmpty() || name.equals(experiment.equals(NO_EXPERIMENT) ? "" : experiment);
    }

    /** Whether the header alone decides, which never changes by itself. */
    private boolean timeless() {
        return states.isEmpty() && verdict.isEmpty();
    }

    private boolean admits(RunStatus status) {
        return (states.isEmpty() || states.contains(status.state()))
                && (verdict.isEmpty() || verdict.equals(status.verdict()));
    }

    private static boolean contains(String text, String part) {
        return part.isEmpty() || text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static String text(RunHeader header) {
        return String.join(
                "\n",
                header.id(),
                header.name(),
                header.problem(),
                header.solver(),
                header.escape(),
                header.settings().getOrDefault(EXPERIMENT, ""),
                header.settings().getOrDefault("cell", ""),
                String.join(", ", header.tags()),
                header.note());
    }
}
