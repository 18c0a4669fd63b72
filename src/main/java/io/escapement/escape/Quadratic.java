package io.escapement.escape;

import io.escapement.problem.FactoredProblem;

/** What mechanisms say that rest on the quartic of a ray (mathematics.md, section 3) where the loss is another. */
final class Quadratic {

    private Quadratic() {}

    static Escape.Refused refusal(FactoredProblem problem) {
        return new Escape.Refused("the loss is " + problem.loss().describe()
                + "; only with half-squared residuals is the way along a ray known in closed form");
    }
}
