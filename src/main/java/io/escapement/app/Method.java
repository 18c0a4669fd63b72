package io.escapement.app;

import io.escapement.escape.Escape;
import io.escapement.landscape.CompositeJudge;
import io.escapement.landscape.FactoredJudge;
import io.escapement.landscape.PointJudge;
import io.escapement.landscape.TraceBound;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.CountingOperator;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.sensing.Instance;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import io.escapement.solve.completion.LinRfm;
import io.escapement.solve.completion.Sdp;
import io.escapement.solve.lift.Lift;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * How a problem is solved and judged, which depends on its class.
 *
 * @param gradientBound absolute gradient norm at or below which a point is judged
 * @param work gradient evaluations so far, or null where they are not counted
 */
record Method<P extends CompositeProblem, S extends SolverState>(
        P problem,
        Solver<? super P, S> solver,
        PointJudge<? super P> judge,
        double gradientBound,
        Optional<? extends Escape<? super P>> escape,
        DoubleSupplier work) {

    /**
     * @param kind name of the problem, as on the command line
     * @throws InvalidOption if the solver or the escape is not for this class of problem
     */
    static Method<?, ?> of(String kind, Instance<?> instance, DMatrixRMaj x0, RunOptions options, String escape) {
        if (instance.problem() instanceof FactoredProblem plain) {
            return factored(kind, plain, instance.truth().orElse(null), x0, options, escape);
        }
        CompositeProblem problem = instance.problem();
        CompositeJudge judge = CompositeJudge.standard().withGradientTolerance(options.gradientTolerance);
        double bound = judge.stationaryBelow(problem);
        return of(
                problem,
                SolverChoice.of(options, problem, bound),
                judge,
                bound,
                EscapeChoice.general(escape, EscapeChoice.Circumstances.of(options.seed, bound, x0)),
                null);
    }

    private static Method<?, ?> factored(
            String kind, FactoredProblem plain, GroundTruth truth, DMatrixRMaj x0, RunOptions options, String escape) {
        FactoredJudge judge = judge(options, truth, ProblemChoice.noisy(kind, options));
        double bound = judge.stationaryBelow(plain);
        Solver<? super FactoredProblem, ?> solver = SolverChoice.of(options, plain, bound);
        // Lifted gradients, and steps of matrices held in full, do not go through the operator, so they cannot be
        // counted there.
        boolean elsewhere = solver instanceof Lift || solver instanceof Sdp || solver instanceof LinRfm;
        CountingOperator counted = elsewhere ? null : new CountingOperator(plain.operator(), plain.columns());
        FactoredProblem problem = counted == null ? plain : plain.withOperator(counted);
        return of(
                problem,
                solver,
                judge,
                bound,
                EscapeChoice.of(escape, EscapeChoice.Circumstances.of(options.seed, bound, x0)),
                counted == null ? null : counted::gradientEvaluations);
    }

    private static <P extends CompositeProblem, S extends SolverState> Method<P, S> of(
            P problem,
            Solver<? super P, S> solver,
            PointJudge<? super P> judge,
            double gradientBound,
            Optional<? extends Escape<? super P>> escape,
            DoubleSupplier work) {
        return new Method<>(problem, solver, judge, gradientBound, escape, work);
    }

    private static FactoredJudge judge(RunOptions options, GroundTruth truth, boolean noisy) {
        FactoredJudge judge = FactoredJudge.standard().withGradientTolerance(options.gradientTolerance);
        if (truth == null) {
            return judge.withNoise();
        }
        if (noisy) {
            judge = judge.withNoise();
        }
        return judge.withTraceBound(TraceBound.of(truth));
    }
}
