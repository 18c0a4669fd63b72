package io.escapement.experiment;

import java.util.List;

/**
 * What an experiment found.
 *
 * @param comparisons the lines of its table
 * @param figures to be drawn
 * @param notes sentences that explain differences from the paper
 */
public record Report(List<Comparison> comparisons, List<Figure> figures, List<String> notes) {
    public Report {
        comparisons = List.copyOf(comparisons);
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /** Whether nothing that ours must reach was missed. */
    public boolean met() {
        return comparisons.stream().noneMatch(line -> Boolean.FALSE.equals(line.met()));
    }
}
