package io.escapement.landscape;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import java.util.Objects;

/**
 * A verdict on a point and every figure that was computed for it.
 *
 * @param figures {@code lambdaMin}, {@code hessianLambdaMin}, {@code optimalityGap} and what else the judge knows
 */
public record Judgement(PointVerdict verdict, Values figures) {
    public Judgement {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(figures, "figures");
    }
}
