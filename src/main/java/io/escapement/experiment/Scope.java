package io.escapement.experiment;

/**
 * How much of an experiment is run.
 *
 * @param trials in each cell
 * @param seed of the first trial; the others follow
 * @param quick whether only the cells of the quick version
 */
public record Scope(int trials, long seed, boolean quick) {

    public Scope {
        if (trials < 1) {
            throw new IllegalArgumentException("trials is " + trials + "; at least 1 is needed");
        }
    }

    /** What the experiment itself asks for. */
    public static Scope of(Experiment experiment, boolean quick) {
        return new Scope(experiment.trials(quick), experiment.seed(), quick);
    }
}
