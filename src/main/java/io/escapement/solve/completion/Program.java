package io.escapement.solve.completion;

import io.escapement.linalg.Frobenius;
import org.ejml.data.DMatrixRMaj;

/**
 * A relaxation's objective and conditions, see {@link Sdp}.
 *
 * @param mu weight of the trace
 * @param fitted whether seen entries are constraints; otherwise they are terms of f
 */
record Program(Entries entries, double mu, boolean fitted) {

    static Program of(Entries entries) {
        if (entries.ridge() > 0) {
            return new Program(entries, 0.5 * entries.ridge(), false);
        }
        boolean complete = entries.complete();
        return new Program(entries, complete ? 0 : 1, !complete);
    }

    /** A ρ of the size at which U is as large as M. */
    double firstRho() {
        double matrix = entries.smoothness() > 0 ? entries.dataNorm() / entries.smoothness() : 0;
        if (!fitted) {
            return Math.max(entries.smoothness(), Double.MIN_NORMAL);
        }
        return matrix > 0 ? 1 / matrix : 1;
    }

    /** argmin of what concerns M: entry by entry. */
    DMatrixRMaj fit(DMatrixRMaj n, DMatrixRMaj u, double rho) {
        DMatrixRMaj m = new DMatrixRMaj(n.numRows, n.numCols);
        for (int e = 0; e < m.getNumElements(); e++) {
            double free = n.data[e] - u.data[e];
            double t = entries.weights().data[e];
            double b = entries.values().data[e];
            m.data[e] = t == 0 ? free : fitted ? b : (t * b + rho * free) / (t + rho);
        }
        return m;
    }

    /** tr M, or f(M). */
    double objective(DMatrixRMaj m) {
        double sum = 0;
        for (int i = 0; i < m.numRows; i++) {
            sum += m.data[i * m.numRows + i];
        }
        sum *= mu;
        if (!fitted) {
            for (int e = 0; e < m.getNumElements(); e++) {
                double miss = m.data[e] - entries.values().data[e];
                sum += 0.5 * entries.weights().data[e] * miss * miss;
            }
        }
        return sum;
    }

    /**
     * The optimality residuals at N: of the entries that must be fitted (or of the splitting), of ∇L = μI + y, y = T∘(N − B) or a
     * multiplier on the seen entries, against S ⪰ 0, and ⟨∇L, N⟩.
     */
    Kkt kkt(DMatrixRMaj n, DMatrixRMaj u, DMatrixRMaj slack, DMatrixRMaj m, double rho) {
        int rows = n.numRows;
        double missed = 0;
        double data = 0;
        double off = 0;
        double inner = 0;
        for (int e = 0; e < n.getNumElements(); e++) {
            double t = entries.weights().data[e];
            double miss = t == 0 ? 0 : n.data[e] - entries.values().data[e];
            missed += miss * miss;
            double b = (fitted ? 1 : t) * entries.values().data[e];
            data += b * b;
            double y = fitted ? (t == 0 ? 0 : -rho * u.data[e]) : t * miss;
            double gradient = y + (e / rows == e % rows ? mu : 0);
            double difference = gradient - slack.data[e];
            off += difference * difference;
            inner += gradient * n.data[e];
        }
        double size = Frobenius.norm(n);
        double primal = fitted
                ? Math.sqrt(missed / data)
                : distance(m, n) / Math.max(size, Math.max(Frobenius.norm(m), Double.MIN_NORMAL));
        double dual = Math.sqrt(off) / (fitted ? mu * Math.sqrt(rows) : Math.max(Math.sqrt(data), mu));
        double scale = fitted ? objective(n) : objective(new DMatrixRMaj(rows, rows));
        double complementarity = Math.abs(inner) / Math.max(scale, Double.MIN_NORMAL);
        return data == 0 ? new Kkt(Math.sqrt(missed), dual, Math.abs(inner)) : new Kkt(primal, dual, complementarity);
    }

    static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int e = 0; e < a.getNumElements(); e++) {
            double difference = a.data[e] - b.data[e];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
