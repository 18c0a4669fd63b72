package io.escapement.app;

import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.Huber;
import io.escapement.problem.Logistic;
import io.escapement.problem.OuterLoss;
import java.util.List;

/** Outer losses by name. */
final class LossChoice {

    static final List<String> NAMES = List.of("half-squared", "norm", "l1", "huber", "huber:DELTA", "logistic");

    private static final String OPTION = "--loss";
    private static final double DELTA = 1;

    private LossChoice() {}

    static OuterLoss of(String text) {
        return switch (text) {
            case "half-squared" -> new HalfSquaredNorm();
            case "norm" -> new EuclideanNorm();
            case "l1" -> new AbsoluteSum();
            case "logistic" -> new Logistic();
            case "huber" -> new Huber(DELTA);
            default -> {
                if (!text.startsWith("huber:")) {
                    throw Check.unknown(OPTION, text, NAMES);
                }
                double delta = Check.number(OPTION, text, text.substring("huber:".length()));
                Check.above(OPTION + " huber", delta, 0);
                yield new Huber(delta);
            }
        };
    }
}
