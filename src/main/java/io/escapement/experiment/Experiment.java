package io.escapement.experiment;

import java.util.List;
import java.util.Map;

/**
 * A table or figure of a paper, or of our own, as something to be run: its cells, the plan of a trial in each, and what is to
 * be said of the outcomes. Immutable; nothing is computed before a trial is prepared.
 */
public interface Experiment {

    /** Name on the command line. */
    String id();

    /** What it measures, one line without a full stop. */
    String title();

    /** Paper and place, or "our own". */
    String source();

    /** To be raised with any change after which a trial's outcome may differ: outcomes of other versions are not reused. */
    int version();

    /** Settings that all trials share, for people; outcomes under other settings are not reused. */
    Map<String, String> settings();

    /** Trials in each cell, unless the user asks for another number. */
    int trials(boolean quick);

    /** Most trials that make sense: 1 for the curves of single runs. */
    default int mostTrials() {
        return 1_000_000;
    }

    /** Seed of the first trial, unless the user asks for another one; the others follow. */
    default long seed() {
        return 1;
    }

    /** All cells, or those of the version that ends within a minute. */
    List<Cell> cells(boolean quick);

    /** Our figures beside the paper's. Cells may hold fewer trials than were asked for. */
    Report report(Results results);
}
