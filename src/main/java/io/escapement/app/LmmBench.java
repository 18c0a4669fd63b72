package io.escapement.app;

import io.escapement.linalg.ConjugateGradients;
import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gram;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.Seeds;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import io.escapement.solve.lmm.DampedSystem;
import io.escapement.solve.lmm.Lmm;
import io.escapement.solve.lmm.LossDamping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Iterations of preconditioned subgradient methods on symmetric Gaussian sensing, against the one pass over the measurements that each of
 * them needs, in turn, round after round. Every iteration starts from the same state.
 *
 * @param d rows of a symmetric matrix
 * @param m number of measurements
 * @param rank columns of the factor
 * @param threads numbers of threads, a table for each
 * @param rounds that are timed, after some that are not
 */
record LmmBench(int d, int m, int rank, List<Integer> threads, int rounds) {

    private static final int WARM_UP = 40;
    private static final int CAP = 10;
    private static final String PASS = "one pass, value and gradient";

    LmmBench {
        threads = List.copyOf(threads);
    }

    /** The tables, as printed. */
    String run() {
        DenseOperator operator = new DenseOperator(FactorShape.psd(d), m, OperatorBench.rows(m), Precision.DOUBLE);
        RandomGenerator random = Seeds.generator(2);
        DMatrixRMaj truth = Seeds.gaussian(d, rank, 1, random);
        DMatrixRMaj x = Seeds.gaussian(d, rank, 1, random);
        double[] b = new double[m];
        operator.measure(truth, truth, b);
        double[] residual = new double[m];
        DMatrixRMaj image = new DMatrixRMaj(d, rank);
        FactoredProblem squared = new FactoredProblem(operator, b, rank);
        FactoredProblem absolute = squared.withLoss(new AbsoluteSum());
        Lmm lmm = Lmm.of(PolyakStep.toInfimum(), LossDamping.standard(squared));
        Lmm robust = Lmm.of(PolyakStep.toInfimum(), LossDamping.standard(absolute));
        Map<String, IntConsumer> works = new LinkedHashMap<>();
        works.put(PASS, t -> operator.residualAndBackprojection(x, b, residual, image));
        works.put("gd, half-squared", step(new GradientDescent(PolyakStep.toInfimum()), squared, x));
        works.put("lmm, half-squared", step(lmm, squared, x));
        works.put("lmm, l1", step(robust, absolute, x));
        works.put(
                "lmm by cg:" + CAP + ", half-squared",
                step(lmm.with(DampedSystem.by(new ConjugateGradients(CAP, 0))), squared, x));
        works.put("gauss-newton, half-squared", step(Lmm.gaussNewton(PolyakStep.toInfimum()), squared, x));
        works.put("the direction of lmm alone", direction(squared, x));
        StringBuilder text = new StringBuilder();
        Rounds.line(
                text,
                "%s, %,.0f MB of rows, rank %d, medians of %d rounds, loops in %s",
                operator,
                operator.bytes() / 1e6,
                rank,
                rounds,
                DenseOperator.arithmetic());
        for (int count : threads) {
            table(count, Rounds.timed(count, WARM_UP, rounds, works), text);
        }
        return text.toString();
    }

    private static <S extends SolverState> IntConsumer step(
            Solver<CompositeProblem, S> solver, CompositeProblem problem, DMatrixRMaj x) {
        Workspace workspace = new Workspace();
        S state = solver.start(problem, x, workspace);
        return t -> solver.step(problem, state, workspace);
    }

    /** What an iteration does beside the pass: where the machine is busy, a pass varies by more than this takes. */
    private static IntConsumer direction(FactoredProblem problem, DMatrixRMaj x) {
        DMatrixRMaj gradient = problem.evaluate(x).gradient();
        DMatrixRMaj d = new DMatrixRMaj(x.numRows, x.numCols);
        return t -> {
            Gram gram = problem.gram(x);
            gram.solve(1, gradient, d);
            d.data[0] += gram.squaredImage(d);
        };
    }

    private static void table(int count, Map<String, double[]> seconds, StringBuilder text) {
        double[] pass = seconds.get(PASS);
        Rounds.line(
                text,
                "%n%-30s %8s %14s %12s",
                count + (count == 1 ? " thread" : " threads"),
                "ms",
                "iterations/s",
                "of one pass");
        seconds.forEach((name, times) -> Rounds.line(
                text,
                "%-30s %8.2f %14.1f %10.3f ×",
                name,
                Rounds.median(times) * 1e3,
                1 / Rounds.median(times),
                Rounds.ratio(times, pass)));
    }
}
