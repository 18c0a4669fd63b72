package io.escapement.stop;

import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.util.Optional;

/**
 * No more work than so many gradient evaluations, by the figure {@code gradientEvaluations}: descents, trials, judgements
 * and the search for escapes together, so that mechanisms can be compared at the same price.
 *
 * @param limit above 0
 */
public record EvaluationLimit(double limit) implements StoppingCriterion {

    public EvaluationLimit {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("evaluation limit is " + limit + "; above 0 is needed");
        }
    }

    @Override
    public Watch begin() {
        return Watch.ofEach(event -> event.values().getOr(Values.GRADIENT_EVALUATIONS, 0) >= limit
                ? Optional.of(new StopReason.EvaluationLimit(limit))
                : Optional.empty());
    }

    @Override
    public String describe() {
        return limit + " gradient evaluations";
    }
}
