package io.escapement.landscape;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import java.util.Objects;
import java.util.Optional;

/**
 * A verdict on a point and every figure that was computed for it.
 *
 * @param figures {@code lambdaMin}, {@code hessianLambdaMin}, {@code optimalityGap} and what else the judge knows
 * @param tooClose whether the point was too close to call, so that descending further would tell
 * @param survey what was computed of the point, for whoever is to leave it
 */
public record Judgement(PointVerdict verdict, Values figures, boolean tooClose, Optional<Survey> survey) {

    /** A verdict that descending further would not change. */
    public Judgement(PointVerdict verdict, Values figures) {
        this(verdict, figures, false);
    }

    /** Of a judge that computes nothing worth handing on. */
    public Judgement(PointVerdict verdict, Values figures, boolean tooClose) {
        this(verdict, figures, tooClose, Optional.empty());
    }

    public Judgement {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(survey, "survey");
    }
}
