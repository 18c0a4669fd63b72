package io.escapement.solve;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Ray;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Limited-memory BFGS (Nocedal 1980; Nocedal and Wright, algorithm 7.4): direction −H_k∇h by the two-loop recursion over
 * the last {@code memory} pairs (s_k, y_k), H_0 = ⟨s,y⟩/⟨y,y⟩·I. A pair with ⟨s,y⟩ ≤ 1e−12·‖s‖‖y‖ is not kept, so H_k stays
 * positive definite under any step size; where the direction is no descent the history is dropped.
 */
public record Lbfgs(int memory, StepSize stepSize) implements Solver<CompositeProblem, Lbfgs.State> {

    /** Least cosine of (s, y) for a pair to be kept; relative. */
    private static final double CURVATURE = 1e-12;

    private static final int COEFFICIENTS = 3;

    public Lbfgs {
        Objects.requireNonNull(stepSize, "stepSize");
        if (memory < 1) {
            throw new IllegalArgumentException("memory is " + memory + " pairs; at least 1 is needed");
        }
    }

    /** A step s = x_{k+1} − x_k, the gradient difference y along it, and ⟨s, y⟩. */
    record Pair(DMatrixRMaj s, DMatrixRMaj y, double sy) {}

    /** The evaluated iterate, the step that led to it, the rule for the next, and the pairs, oldest first. */
    public record State(Evaluation at, double stepSize, StepSize rule, List<Pair> pairs) implements EvaluatedState {
        public State {
            pairs = List.copyOf(pairs);
        }
    }

    @Override
    public String name() {
        return "lbfgs";
    }

    @Override
    public String describe() {
        return "lbfgs with " + memory + " pairs, step " + stepSize.describe();
    }

    @Override
    public State start(CompositeProblem problem, DMatrixRMaj x0, Workspace workspace) {
        return new State(problem.evaluate(x0), Double.NaN, stepSize, List.of());
    }

    @Override
    public State step(CompositeProblem problem, State state, Workspace workspace) {
        Evaluation at = state.at();
        List<Pair> pairs = state.pairs();
        DMatrixRMaj direction = direction(at, pairs, workspace);
        if (!(Frobenius.dot(direction, at.gradient()) < 0)) {
            pairs = List.of();
            direction = SearchDirection.steepest(at, workspace);
        }
        Ray ray = problem.ray(at, direction, workspace);
        // A quasi-Newton direction carries its own length: the natural first trial is 1.
        double s = state.rule().along(ray, pairs.isEmpty() ? state.stepSize() : 0.5);
        Evaluation next = ray.evaluate(s);
        return new State(next, s, state.rule().after(ray), remember(pairs, at, next));
    }

    private static DMatrixRMaj direction(Evaluation at, List<Pair> pairs, Workspace workspace) {
        DMatrixRMaj q = SearchDirection.steepest(at, workspace);
        double[] alpha = workspace.array(COEFFICIENTS, pairs.size());
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            alpha[i] = Frobenius.dot(pair.s(), q) / pair.sy();
            Frobenius.add(q, -alpha[i], pair.y(), q);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.get(pairs.size() - 1);
            double scale = last.sy() / Frobenius.dot(last.y(), last.y());
            for (int i = 0; i < q.getNumElements(); i++) {
                q.data[i] *= scale;
            }
        }
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            double beta = Frobenius.dot(pair.y(), q) / pair.sy();
            Frobenius.add(q, alpha[i] - beta, pair.s(), q);
        }
        return q;
    }

    private List<Pair> remember(List<Pair> pairs, Evaluation from, Evaluation to) {
        DMatrixRMaj s = new DMatrixRMaj(from.x().numRows, from.x().numCols);
        DMatrixRMaj y = new DMatrixRMaj(from.x().numRows, from.x().numCols);
        Frobenius.add(to.x(), -1, from.x(), s);
        Frobenius.add(to.gradient(), -1, from.gradient(), y);
        double sy = Frobenius.dot(s, y);
        if (!(sy > CURVATURE * Frobenius.norm(s) * Frobenius.norm(y))) {
            return pairs;
        }
        List<Pair> kept = new ArrayList<>(pairs.subList(Math.max(0, pairs.size() + 1 - memory), pairs.size()));
        kept.add(new Pair(s, y, sy));
        return kept;
    }
}
