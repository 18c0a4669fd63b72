package io.escapement.experiment.record;

import io.escapement.experiment.Comparison;
import java.util.List;
import java.util.Objects;

/**
 * A result in one line.
 *
 * @param line the first line that was missed, or else the first that ours must reach, or else the first; null where there is none
 * @param required lines that ours must reach
 * @param missed of those, the ones that were missed
 */
record Headline(Comparison line, long required, long missed, boolean complete) {

    static Headline of(ResultDocument document) {
        List<Comparison> lines = document.comparisons();
        Comparison line = lines.stream()
                .filter(each -> Boolean.FALSE.equals(each.met()))
                .findFirst()
                .or(() -> lines.stream()
                        .filter(each -> Objects.nonNull(each.required()))
                        .findFirst())
                .or(() -> lines.stream().findFirst())
                .orElse(null);
        return new Headline(
                line,
                lines.stream().filter(each -> each.met() != null).count(),
                lines.stream().filter(each -> Boolean.FALSE.equals(each.met())).count(),
                document.complete());
    }

    /** "met (4 of 4)". */
    String verdict() {
        String counts = required == 0
                ? "nothing required"
                : (missed == 0 ? "met (" : "MISSED (met ") + (required - missed) + " of " + required + ")";
        return complete ? counts : counts + ", incomplete";
    }
}
