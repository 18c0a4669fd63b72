package io.escapement.experiment.study.lmm;

import io.escapement.linalg.ConjugateGradients;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.solve.ExactStep;
import io.escapement.solve.FixedStep;
import io.escapement.solve.GeometricStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Lbfgs;
import io.escapement.solve.OptimalValue;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.StepSize;
import io.escapement.solve.lmm.DampedSystem;
import io.escapement.solve.lmm.Damping;
import io.escapement.solve.lmm.LevenbergMarquardt;
import io.escapement.solve.lmm.Lmm;
import io.escapement.solve.lmm.LossDamping;
import io.escapement.solve.precondition.Opsa;
import io.escapement.solve.precondition.PreconditionedDescent;
import io.escapement.solve.precondition.ScaledGradientDescent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A solver in a comparison.
 *
 * @param name in tables
 * @param maker fits it to a problem
 * @param served whether it can be used on factors of XXᵀ (true) or XYᵀ (false)
 */
record Contender(String name, Maker maker, Predicate<Boolean> served) {

    static final String LMM = "lmm";
    static final String SUBGRADIENT = "subgradient";
    static final String UNENDING_NEWTON = "gauss-newton, cg to 1e-25";

    @FunctionalInterface
    interface Maker {
        Solver<? super FactoredProblem, ?> make(FactoredProblem problem);
    }

    private static final int MEMORY = 10;
    private static final double LAMBDA = 1e-8;

    /** [LMM]'s λ is added to 2XᵀX, ours to XᵀX. */
    private static final double SQUARED_DAMPING = 2.5e-3;

    private static final double NORM_DAMPING = 1e-3;

    /** The authors', whose residual is never reached: it ends after 100 iterations. */
    private static final ConjugateGradients UNENDING = new ConjugateGradients(100, 1e-25);

    private static Contender of(String name, Maker maker) {
        return new Contender(name, maker, symmetric -> true);
    }

    /** Those of matrix sensing; constant steps of ½ for the smooth loss, as in the paper, Polyak's for the other. */
    static List<Contender> ofSensing(OuterLoss loss) {
        boolean smooth = loss instanceof HalfSquaredNorm;
        StepSize usual = smooth ? new FixedStep(0.5) : PolyakStep.toInfimum();
        Stream<Contender> papers = Stream.of(
                of("polyak", problem -> new GradientDescent(PolyakStep.toInfimum())),
                of("scaled-gd", problem -> new ScaledGradientDescent(usual, metric(problem) * LAMBDA)),
                of("prec-gd", problem -> preconditioned(problem, usual, smooth)),
                new Contender("opsa", problem -> new Opsa(PolyakStep.toInfimum(), LAMBDA), symmetric -> !symmetric),
                of("gauss-newton", problem -> Lmm.gaussNewton(PolyakStep.toInfimum())),
                of(LMM, problem -> Lmm.of(PolyakStep.toInfimum(), LossDamping.standard(problem))));
        Stream<Contender> others = smooth
                ? Stream.of(
                        of("prec-gd, exact steps", problem -> preconditioned(problem, new ExactStep(), true)),
                        of("levenberg-marquardt", problem -> LevenbergMarquardt.standard()),
                        of("lbfgs", problem -> new Lbfgs(MEMORY, new ExactStep())))
                : Stream.of(of("lbfgs", problem -> new Lbfgs(MEMORY, new ExactStep())));
        return Stream.concat(papers, others).toList();
    }

    private static double metric(FactoredProblem problem) {
        return problem.shape().symmetric() ? 0.5 : 1;
    }

    private static PreconditionedDescent preconditioned(FactoredProblem problem, StepSize step, boolean smooth) {
        return new PreconditionedDescent(step, metric(problem) * (smooth ? SQUARED_DAMPING : NORM_DAMPING));
    }

    /** Those that need not know h*: steps γq^k and damping λq^k ([LMM] configuration 2), Gauss-Newton undamped. */
    static List<Contender> geometric(double gamma, double lambda, double q) {
        StepSize step = new GeometricStep(gamma, q);
        return List.of(
                of(SUBGRADIENT, problem -> new GradientDescent(step)),
                of("gauss-newton", problem -> Lmm.gaussNewton(step)),
                of(UNENDING_NEWTON, problem -> Lmm.gaussNewton(step).with(DampedSystem.by(UNENDING))),
                of(LMM, problem -> Lmm.of(step, new Damping.Geometric(lambda, q))));
    }

    /** Those of nonnegative least squares: γ = ½ throughout, as in the authors' program. */
    static List<Contender> ofSquares(OuterLoss loss) {
        PolyakStep half = new PolyakStep(new OptimalValue.Infimum(), 0.5);
        Stream<Contender> papers = Stream.of(
                of("polyak", problem -> new GradientDescent(half)),
                of("gauss-newton", problem -> Lmm.gaussNewton(half).with(DampedSystem.closedForm())),
                of(LMM, problem -> Lmm.of(half, LossDamping.standard(problem))));
        Stream<Contender> others = Stream.of(of("lbfgs", problem -> new Lbfgs(MEMORY, new ExactStep())));
        return Stream.concat(
                        papers,
                        loss instanceof HalfSquaredNorm
                                ? Stream.concat(
                                        Stream.of(of("levenberg-marquardt", problem -> LevenbergMarquardt.standard())),
                                        others)
                                : others)
                .toList();
    }
}
