package io.escapement.solve.completion;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricEigen;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.solve.FromProblem;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The semidefinite relaxation of completion (Candès and Tao 2010; Recht, Fazel and Parrilo 2010): over all M ⪰ 0 instead of those of
 * the factor's rank, with f and T, B of {@link Entries},
 *
 * <pre>
 * ridge λ &gt; 0                   minimize f(M)                       the trace-regularized relaxation
 * λ = 0, entries that are not seen   minimize tr M  where M_ij = B_ij wherever T_ij &gt; 0
 * λ = 0, all entries weigh      minimize f(M), which is strictly convex
 * </pre>
 *
 * <p>An asymmetric factor's program is about the lifted [W₁ M; Mᵀ W₂] ⪰ 0, which is the nuclear norm: ‖M‖_* = min ½ tr.
 *
 * <p>Method: ADMM (Boyd et al. 2011, section 3) on M = N, N ⪰ 0, over-relaxed by 1.6,
 *
 * <pre>
 * M ← (T∘B + ρ(N − U))/(T + ρ), or B where the entry must be fitted
 * V = M̂ + U − (μ/ρ)I,  N ← V₊,  U ← U + M̂ − N,  S = −ρV₋
 * </pre>
 *
 * <p>with μ = λ/2 (1 for the trace): one eigendecomposition a step. N ⪰ 0, S ⪰ 0 and ⟨S, N⟩ = 0 hold exactly; what is measured is the
 * rest of the optimality conditions ({@link Kkt}). ρ doubles or halves where one residual is ten times the other (ibid. 3.4.1), every
 * ten of the first 500 steps.
 *
 * <p>What the run sees: x is the best factor of the problem's rank of N, and h(x) its loss. The gradient norm is the worst optimality
 * residual in the scale of ∇h, so the run rests where the relaxation is solved, whatever the rank of its solution; where N has the
 * factor's rank it is at least ‖∇h(x)‖ too. The start is N = X₀X₀ᵀ, U = 0; the solution does not depend on it.
 */
public record Sdp() implements Solver<FactoredProblem, Sdp.State> {

    /** Worst relative violations of the optimality conditions, and what the program minimizes. */
    public static final String PRIMAL = "kktPrimal";

    public static final String DUAL = "kktDual";
    public static final String COMPLEMENTARITY = "kktComplementarity";
    public static final String OBJECTIVE = "relaxedObjective";
    public static final String RANK = "relaxedRank";

    private static final double RELAXATION = 1.6;
    private static final int BALANCE_EVERY = 10;
    private static final int BALANCE_UNTIL = 500;
    private static final double UNBALANCED = 10;

    /** An eigenvalue of N above this fraction of the largest counts for its rank; less beyond the factor's rank is none. */
    private static final double RANK_TOLERANCE = 1e-4;

    /**
     * Where the method is.
     *
     * @param at the factor of N, evaluated
     * @param n N ⪰ 0
     * @param u U, the multiplier over ρ
     * @param slack S ⪰ 0
     * @param gradientNorm see the class comment
     */
    public record State(
            @FromProblem Entries entries,
            Evaluation at,
            DMatrixRMaj n,
            DMatrixRMaj u,
            DMatrixRMaj slack,
            double rho,
            Kkt kkt,
            double objective,
            int rank,
            double gradientNorm,
            int steps)
            implements SolverState {

        @Override
        public DMatrixRMaj x() {
            return at.x();
        }

        @Override
        public double loss() {
            return at.loss();
        }

        /** 1/ρ. */
        @Override
        public double stepSize() {
            return steps == 0 ? Double.NaN : 1 / rho;
        }

        @Override
        public Map<String, Double> figures() {
            Map<String, Double> figures = new LinkedHashMap<>();
            if (kkt != null) {
                figures.put(PRIMAL, kkt.primal());
                figures.put(DUAL, kkt.dual());
                figures.put(COMPLEMENTARITY, kkt.complementarity());
            }
            figures.put(OBJECTIVE, objective);
            figures.put(RANK, (double) rank);
            return figures;
        }
    }

    /** @throws IllegalArgumentException saying why, if it does not serve the problem */
    public static void requireFits(FactoredProblem problem) {
        Served.requireEntries(problem, "sdp");
    }

    @Override
    public String name() {
        return "sdp";
    }

    @Override
    public String describe() {
        return "semidefinite relaxation by ADMM";
    }

    @Override
    public State start(FactoredProblem problem, DMatrixRMaj x0, Workspace workspace) {
        requireFits(problem);
        Entries entries = Entries.of(problem);
        Program program = Program.of(entries);
        int rows = entries.rows();
        Evaluation at = problem.evaluate(x0);
        DMatrixRMaj n = new DMatrixRMaj(rows, rows);
        CommonOps_DDRM.multTransB(x0, x0, n);
        DMatrixRMaj zero = new DMatrixRMaj(rows, rows);
        return new State(
                entries,
                at,
                n,
                zero,
                zero,
                program.firstRho(),
                null,
                program.objective(n),
                Math.min(problem.columns(), rows),
                at.gradientNorm(),
                0);
    }

    @Override
    public State step(FactoredProblem problem, State state, Workspace workspace) {
        if (!Double.isFinite(state.loss()) || !Double.isFinite(state.gradientNorm())) {
            return state;
        }
        Program program = Program.of(state.entries());
        double rho = state.rho();
        DMatrixRMaj fitted = program.fit(state.n(), state.u(), rho);
        int size = fitted.getNumElements();
        DMatrixRMaj v = new DMatrixRMaj(fitted.numRows, fitted.numCols);
        for (int e = 0; e < size; e++) {
            double relaxed = RELAXATION * fitted.data[e] + (1 - RELAXATION) * state.n().data[e];
            v.data[e] = relaxed + state.u().data[e];
        }
        DMatrixRMaj u = v.copy();
        for (int i = 0; i < v.numRows; i++) {
            v.data[i * v.numRows + i] -= program.mu() / rho;
        }
        SymmetricEigen spectrum = SymmetricEigen.of(v);
        DMatrixRMaj n = spectrum.map(lambda -> Math.max(0, lambda));
        DMatrixRMaj slack = spectrum.map(lambda -> rho * Math.max(0, -lambda));
        Frobenius.add(u, -1, n, u);
        int rank = rank(spectrum);
        Kkt kkt = program.kkt(n, u, slack, fitted, rho);
        Evaluation at = problem.evaluate(state.entries().factor(n, spectrum, problem.columns()));
        double residual = kkt.worst() * state.entries().gradientScale();
        double norm = rank <= problem.columns() ? Math.max(residual, at.gradientNorm()) : residual;
        int steps = state.steps() + 1;
        double factor = steps % BALANCE_EVERY == 0 && steps <= BALANCE_UNTIL ? balance(fitted, n, state.n(), u) : 1;
        for (int e = 0; e < size; e++) {
            u.data[e] /= factor;
        }
        return new State(state.entries(), at, n, u, slack, rho * factor, kkt, program.objective(n), rank, norm, steps);
    }

    private static int rank(SymmetricEigen spectrum) {
        double least = RANK_TOLERANCE * Math.max(0, spectrum.value(0));
        int rank = 0;
        while (rank < spectrum.size() && spectrum.value(rank) > least) {
            rank++;
        }
        return rank;
    }

    /** By what ρ is to be multiplied, from the two residuals of the method. */
    private static double balance(DMatrixRMaj fitted, DMatrixRMaj n, DMatrixRMaj before, DMatrixRMaj u) {
        double primal = Program.distance(fitted, n) / Math.max(Frobenius.norm(fitted), Frobenius.norm(n));
        double dual = Program.distance(n, before) / Frobenius.norm(u);
        return primal > UNBALANCED * dual ? 2 : dual > UNBALANCED * primal ? 0.5 : 1;
    }
}
