package io.escapement.app;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.EntrywiseWeights;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.RestrictedConstants;
import io.escapement.problem.SensingOperator;
import io.escapement.problem.lifted.Lifting;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.lift.Lift;
import io.escapement.solve.lift.LiftState;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Lifted perturbed matrix completion (ρ = 0.01, rank 1): mode products against the direct form, both in turn, round after
 * round; then solves of growing size from 1e−7·N(0, 1), which the direct form could not hold.
 *
 * @param order l
 * @param direct n of the comparison
 * @param sizes n of the solves
 * @param rounds of which the shortest counts: the one least disturbed by whatever else the machine does
 */
record LiftBench(int order, int direct, List<Integer> sizes, int rounds) {

    private static final double RHO = 0.01;
    private static final double START = 1e-7;
    private static final int DESCENT = 10;
    private static final int REPEATS = 50;
    private static final int WARM_UP = 20;
    private static final int MAX_STEPS = 5000;
    private static final double AT_REST = 1e-6;

    /** Numbers of the direct form's image that fit: 100 MB an array. */
    private static final double MOST_IMAGE = 12_500_000;

    private static final double MICRO = 1e6;

    static int mostDirect(int order) {
        return (int) Math.floor(Math.pow(MOST_IMAGE, 0.5 / order));
    }

    static int most(int order) {
        return (int) Math.floor(Math.pow(Lifting.DEFAULT_MAX_ENTRIES, 1.0 / order) + 1e-9);
    }

    void run(PrintStream out) {
        compare(out);
        out.printf(
                Locale.ROOT,
                "%nsolves from %.0e·N(0,1), seed 1, until the gradient is at most %.0e%n%6s %12s %12s %14s %7s %12s %10s %10s%n",
                START,
                AT_REST,
                "n",
                "entries",
                "MB a tensor",
                "MB the image",
                "steps",
                "ms a step",
                "seconds",
                "distance");
        for (int n : sizes) {
            solve(n, out);
        }
    }

    private static Instance<FactoredProblem> instance(int n) {
        return PerturbedMatrixCompletion.pmc(n, RHO, 1).instance();
    }

    private void compare(PrintStream out) {
        Instance<FactoredProblem> instance = instance(direct);
        FactoredProblem base = instance.problem();
        Lifting lifting = Lifting.of(base, order, Lifting.DEFAULT_MAX_ENTRIES);
        DMatrixRMaj truth = lifting.lift(instance.truth().orElseThrow().factor());
        Image image = new Image(((EntrywiseWeights) base.operator()).squaredWeights(), order);
        double[] b = new double[image.measurements()];
        image.measure(truth, truth, b);
        FactoredProblem full = new FactoredProblem(image, b, 1);
        DMatrixRMaj w = lifting.lift(InitialPoint.gaussian(base, 0.5, Seeds.generator(1)));
        double[][] seconds = new double[4][rounds];
        Evaluation[] ends = new Evaluation[2];
        for (int round = -WARM_UP; round < rounds; round++) {
            double[] took = {
                time(() -> full.evaluate(w)),
                // Some at a time: one is too short for the clock.
                time(() -> repeat(lifting.problem(), w)) / REPEATS,
                time(() -> ends[0] = descend(full, w)),
                time(() -> ends[1] = descend(lifting.problem(), w))
            };
            for (int i = 0; round >= 0 && i < took.length; i++) {
                seconds[i][round] = took[i];
            }
        }
        double[] best = Arrays.stream(seconds)
                .mapToDouble(took -> Arrays.stream(took).min().orElseThrow())
                .toArray();
        DMatrixRMaj difference = new DMatrixRMaj(w.numRows, 1);
        Frobenius.add(ends[0].x(), -1, ends[1].x(), difference);
        out.printf(
                Locale.ROOT,
                "pmc, n = %d, order %d: %,d entries, %,d of the image; best of %d rounds%n",
                direct,
                order,
                w.numRows,
                image.measurements(),
                rounds);
        out.printf(
                Locale.ROOT,
                "%-26s %14s %14s %8s%n%-26s %11.1f µs %11.1f µs %8.0f%n%-26s %11.1f µs %11.1f µs %8.0f%n",
                "",
                "direct",
                "mode products",
                "ratio",
                "value and gradient",
                MICRO * best[0],
                MICRO * best[1],
                best[0] / best[1],
                DESCENT + " steps of descent",
                MICRO * best[2],
                MICRO * best[3],
                best[2] / best[3]);
        out.printf(
                Locale.ROOT,
                "the two descents end within %.1e of each other, relative%n",
                Frobenius.norm(difference) / Frobenius.norm(ends[0].x()));
    }

    private static void repeat(CompositeProblem problem, DMatrixRMaj w) {
        for (int i = 0; i < REPEATS; i++) {
            problem.evaluate(w);
        }
    }

    private static Evaluation descend(CompositeProblem problem, DMatrixRMaj w) {
        GradientDescent descent = new GradientDescent(new ExactStep());
        Workspace workspace = new Workspace();
        GradientDescent.State state = descent.start(problem, w, workspace);
        for (int step = 0; step < DESCENT; step++) {
            state = descent.step(problem, state, workspace);
        }
        return state.at();
    }

    private void solve(int n, PrintStream out) {
        Instance<FactoredProblem> instance = instance(n);
        FactoredProblem base = instance.problem();
        DMatrixRMaj x0 = InitialPoint.gaussian(base, START, Seeds.generator(1));
        Lift solver = Lift.of(order, new ExactStep());
        Workspace workspace = new Workspace();
        long start = System.nanoTime();
        LiftState state = solver.start(base, x0, workspace);
        int steps = 0;
        do {
            state = solver.step(base, state, workspace);
            steps++;
        } while (state.gradientNorm() > AT_REST && steps < MAX_STEPS);
        double seconds = (System.nanoTime() - start) * 1e-9;
        double entries = Math.pow(n, order);
        out.printf(
                Locale.ROOT,
                "%6d %,12.0f %12.3g %14.3g %7d %12.3g %10.3g %10.2e%n",
                n,
                entries,
                8e-6 * entries,
                8e-6 * entries * entries,
                steps,
                1e3 * seconds / steps,
                seconds,
                instance.truth().orElseThrow().distance(state.x()));
    }

    private static double time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) * 1e-9;
    }

    /** Every entry (I, J) of the image WWᵀ, weighted by √T^{⊗l}_IJ, which is held: [LEAC] eq. 7 and 8 as they stand. */
    private static final class Image implements SensingOperator {

        private final int rows;
        private final double[] weights;

        Image(DMatrixRMaj squared, int order) {
            double[] power = {1};
            int size = 1;
            for (int mode = 0; mode < order; mode++) {
                int n = squared.numRows;
                int next = size * n;
                double[] wider = new double[next * next];
                for (int p = 0; p < size * size; p++) {
                    for (int e = 0; e < n * n; e++) {
                        int row = p / size * n + e / n;
                        int column = p % size * n + e % n;
                        wider[row * next + column] = power[p] * Math.sqrt(squared.data[e]);
                    }
                }
                power = wider;
                size = next;
            }
            this.rows = size;
            this.weights = power;
        }

        @Override
        public int dimension() {
            return rows;
        }

        @Override
        public int measurements() {
            return rows * rows;
        }

        @Override
        public void measure(DMatrixRMaj x, DMatrixRMaj y, double[] out) {
            for (int i = 0; i < rows; i++) {
                double xi = 0.5 * x.data[i];
                double yi = 0.5 * y.data[i];
                int at = i * rows;
                for (int j = 0; j < rows; j++) {
                    out[at + j] = weights[at + j] * (xi * y.data[j] + yi * x.data[j]);
                }
            }
        }

        /** For w that is the same at (I, J) and (J, I), as every residual of this operator is. */
        @Override
        public void backproject(double[] w, DMatrixRMaj v, DMatrixRMaj out) {
            out.reshape(rows, 1);
            out.zero();
            for (int i = 0; i < rows; i++) {
                double factor = v.data[i];
                int at = i * rows;
                for (int j = 0; j < rows; j++) {
                    out.data[j] += factor * weights[at + j] * w[at + j];
                }
            }
        }

        @Override
        public RestrictedConstants constants() {
            return new RestrictedConstants(0, 1, "weights of at most 1");
        }
    }
}
