package io.escapement.app;

import io.escapement.escape.Escape;
import io.escapement.landscape.FactoredJudge;
import io.escapement.landscape.PointJudge;
import io.escapement.landscape.TraceBound;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.sensing.Instance;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import java.util.Optional;

/**
 * How a problem is solved and judged, which depends on its class.
 *
 * @param gradientBound absolute gradient norm at or below which a point is judged
 */
record Method<P extends CompositeProblem, S extends SolverState>(
        P problem,
        Solver<? super P, S> solver,
        PointJudge<? super P> judge,
        double gradientBound,
        Optional<? extends Escape<? super P>> escape) {

    /**
     * @param kind name of the problem, as on the command line
     * @throws InvalidOption if the solver or the escape is not for this class of problem
     */
    static Method<?, ?> of(String kind, Instance<?> instance, RunOptions options, String escape) {
        if (instance.problem() instanceof FactoredProblem problem) {
            FactoredJudge judge = judge(options, instance.truth().orElse(null), ProblemChoice.noisy(kind, options));
            return of(
                    problem,
                    SolverChoice.of(options.solver, options.step),
                    judge,
                    judge.stationaryBelow(problem),
                    EscapeChoice.of(escape));
        }
        throw new IllegalStateException(
                "there is no judge for " + instance.problem().getClass());
    }

    private static <P extends CompositeProblem, S extends SolverState> Method<P, S> of(
            P problem,
            Solver<? super P, S> solver,
            PointJudge<? super P> judge,
            double gradientBound,
            Optional<? extends Escape<? super P>> escape) {
        return new Method<>(problem, solver, judge, gradientBound, escape);
    }

    private static FactoredJudge judge(RunOptions options, GroundTruth truth, boolean noisy) {
        FactoredJudge judge = FactoredJudge.standard().withGradientTolerance(options.gradientTolerance);
        if (truth == null) {
            return judge.withNoise();
        }
        if (noisy) {
            judge = judge.withNoise();
        }
        double trace = Frobenius.dot(truth.factor(), truth.factor());
        return judge.withTraceBound(new TraceBound(trace, "the trace of the known truth"));
    }
}
