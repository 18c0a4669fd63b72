package io.escapement.sensing.data;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Ray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.ejml.data.DMatrixRMaj;

/** Limited-memory BFGS with exact steps (Nocedal, Wright, algorithm 7.4): a way to solve instances in these tests. */
final class Lbfgs {

    private static final int MEMORY = 10;

    private record Pair(DMatrixRMaj s, DMatrixRMaj y, double sy) {}

    private Lbfgs() {}

    static Evaluation minimize(FactoredProblem problem, DMatrixRMaj start, int iterations, double gradientTolerance) {
        Workspace workspace = new Workspace();
        Deque<Pair> pairs = new ArrayDeque<>();
        Evaluation at = problem.evaluate(start);
        for (int i = 0; i < iterations && at.gradientNorm() > gradientTolerance; i++) {
            Ray ray = problem.ray(at, direction(at, pairs), workspace);
            double s = ray.positiveMinimizer();
            if (Double.isNaN(s)) {
                if (pairs.isEmpty()) {
                    break;
                }
                pairs.clear();
                continue;
            }
            Evaluation next = ray.evaluate(s);
            remember(at, next, pairs);
            at = next;
        }
        return at;
    }

    private static DMatrixRMaj direction(Evaluation at, Deque<Pair> pairs) {
        DMatrixRMaj q = new DMatrixRMaj(at.gradient().numRows, at.gradient().numCols);
        Frobenius.add(q, -1, at.gradient(), q);
        double[] alpha = new double[pairs.size()];
        int p = 0;
        for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); p++) {
            Pair pair = newest.next();
            alpha[p] = Frobenius.dot(pair.s, q) / pair.sy;
            Frobenius.add(q, -alpha[p], pair.y, q);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getLast();
            double gamma = last.sy / Frobenius.dot(last.y, last.y);
            Frobenius.add(q, gamma - 1, q, q);
        }
        for (Pair pair : pairs) {
            p--;
            double beta = Frobenius.dot(pair.y, q) / pair.sy;
            Frobenius.add(q, alpha[p] - beta, pair.s, q);
        }
        return q;
    }

    private static void remember(Evaluation before, Evaluation after, Deque<Pair> pairs) {
        DMatrixRMaj s = new DMatrixRMaj(1, 1);
        DMatrixRMaj y = new DMatrixRMaj(1, 1);
        Frobenius.add(after.x(), -1, before.x(), s);
        Frobenius.add(after.gradient(), -1, before.gradient(), y);
        double sy = Frobenius.dot(s, y);
        if (sy > 1e-14 * Frobenius.dot(y, y)) {
            pairs.addLast(new Pair(s, y, sy));
            if (pairs.size() > MEMORY) {
                pairs.removeFirst();
            }
        }
    }
}
