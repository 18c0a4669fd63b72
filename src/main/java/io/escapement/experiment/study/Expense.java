package io.escapement.experiment.study;

import io.escapement.experiment.Estimate;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Proportion;
import io.escapement.experiment.Recorder;
import io.escapement.experiment.Results;
import java.util.Map;

/** What it took to find the truth, in gradient evaluations, and who of two took less. */
final class Expense {

    /** Of a 95 % interval. */
    private static final double Z = 1.96;

    private Expense() {}

    /** Infinite where it was not found. */
    static double of(Outcome outcome) {
        return outcome.success() ? outcome.figure(Recorder.GRADIENTS_REACHED) : Double.POSITIVE_INFINITY;
    }

    /** Over all runs; {@code budget} where it was not found. */
    static double mean(Results.Sample sample, double budget) {
        return sample.outcomes().values().stream()
                .mapToDouble(outcome -> Math.min(budget, of(outcome)))
                .average()
                .orElse(Double.NaN);
    }

    /** Runs that have found it for no more than this. */
    static Proportion within(Results.Sample sample, double gradients) {
        return sample.where(outcome -> of(outcome) <= gradients);
    }

    /** Instances on which the first finds it for less than the second. */
    static long races(Results.Sample first, Results.Sample second) {
        return first.outcomes().entrySet().stream()
                .filter(trial -> second.outcomes().containsKey(trial.getKey()))
                .filter(trial -> of(trial.getValue()) < of(second.outcomes().get(trial.getKey())))
                .count();
    }

    /**
     * Of two proportions on the same instances, those that found it for no more than {@code gradients}: (b − c)/N with b solved by the
     * first only and c by the second only, and the 95 % interval ± z·√(b + c − (b − c)²/N)/N (Wald's for paired proportions).
     */
    static Estimate difference(Results.Sample first, Results.Sample second, double gradients) {
        int trials = 0;
        int gained = 0;
        int lost = 0;
        for (Map.Entry<Long, Outcome> trial : first.outcomes().entrySet()) {
            Outcome other = second.outcomes().get(trial.getKey());
            if (other != null) {
                boolean one = of(trial.getValue()) <= gradients;
                boolean two = of(other) <= gradients;
                trials++;
                gained += one && !two ? 1 : 0;
                lost += two && !one ? 1 : 0;
            }
        }
        if (trials == 0) {
            return Estimate.unknown();
        }
        double net = gained - lost;
        double half = Z * Math.sqrt(gained + lost - net * net / trials) / trials;
        return new Estimate(net / trials, net / trials - half, net / trials + half);
    }
}
