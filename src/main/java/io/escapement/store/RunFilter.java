package io.escapement.store;

import io.escapement.event.RunState;
import java.util.Locale;
import java.util.Objects;

/**
 * Which runs a list shall have.
 *
 * @param state or null for any
 * @param words that id, name, problem, solver, escape, experiment or cell contain, whatever their case; empty for any
 */
public record RunFilter(RunState state, String words) {

    /** All runs. */
    public static final RunFilter ALL = new RunFilter(null, "");

    public RunFilter {
        Objects.requireNonNull(words, "words");
    }

    boolean admits(Listed run) {
        if (state != null && run.status().state() != state) {
            return false;
        }
        var header = run.header();
        String text = String.join(
                "\n",
                header.id(),
                header.name(),
                header.problem(),
                header.solver(),
                header.escape(),
                header.settings().getOrDefault("experiment", ""),
                header.settings().getOrDefault("cell", ""));
        return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }
}
