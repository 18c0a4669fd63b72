package io.escapement.store;

import io.escapement.event.RunState;
import java.util.Locale;
import java.util.Objects;

/**
 * Which runs a list shall have.
 *
 * @param state or null for any
 * @param words that id, name, problem, solver, escape, experiment, cell, tags or note contain, whatever their case; empty
 *     for any
 * @param tag that it has, or empty for any
 */
public record RunFilter(RunState state, String words, String tag) {

    /** All runs. */
    public static final RunFilter ALL = new RunFilter(null, "", "");

    public RunFilter {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(tag, "tag");
    }

    /** Whatever the tags. */
    public RunFilter(RunState state, String words) {
        this(state, words, "");
    }

    boolean admits(Listed run) {
        if (state != null && run.status().state() != state) {
            return false;
        }
        var header = run.header();
        if (!tag.isEmpty() && !header.tags().contains(tag)) {
            return false;
        }
        String text = String.join(
                "\n",
                header.id(),
                header.name(),
                header.problem(),
                header.solver(),
                header.escape(),
                header.settings().getOrDefault("experiment", ""),
                header.settings().getOrDefault("cell", ""),
                String.join(", ", header.tags()),
                header.note());
        return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }
}
