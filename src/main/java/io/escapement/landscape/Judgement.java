package io.escapement.landscape;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import java.util.Objects;

/**
 * A verdict on a point and every figure that was computed for it.
 *
 * @param figures {@code lambdaMin}, {@code hessianLambdaMin}, {@code optimalityGap} and what else the judge knows
 * @param tooClose whether the point was too close to call, so that descending further would tell
 */
public record Judgement(PointVerdict verdict, Values figures, boolean tooClose) {

    /** A verdict that descending further would not change. */
    public Judgement(PointVerdict verdict, Values figures) {
        this(verdict, figures, false);
    }

    public Judgement {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(figures, "figures");
    }
}
