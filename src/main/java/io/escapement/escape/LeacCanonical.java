package io.escapement.escape;

import io.escapement.event.Values;
import io.escapement.landscape.Survey;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.linalg.tensor.RankOne;
import io.escapement.linalg.tensor.SymmetricTensor;
import io.escapement.linalg.tensor.TensorPca;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Ray;
import io.escapement.problem.lifted.LiftedEscape;
import io.escapement.problem.lifted.Lifting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * [LEAC] algorithm 1: ŵ = vec(X̂)^{⊗l}, w̌ = ŵ + η·vec(u_n q_rᵀ)^{⊗l} with η by the lifted loss ({@link LiftedEscape}), and X̌ from
 * tensor PCA of w̌. Explicit tensors: for small (n·r)^l only. [LEAC] 5.2 goes on by gradient descent on the tensor before it
 * comes back; {@code descent} says for how many steps.
 *
 * <p>One candidate. Its h may be above the trap's, because it is the lifted loss that falls; the run descends from it then on
 * trial. Refused where h^l falls in neither direction, and where tensor PCA gives X̂ back.
 *
 * <p>Figures: {@code eta}, {@code liftedLossBefore} and {@code liftedLossAfter}, {@code lambdaMin}, {@code sigmaMin},
 * {@code kappa} of w̌, {@code rankOneDistance} ‖w̌ − vec(X̌)^{⊗l}‖, and {@code simulatedDistance}, how far the tensor of [LEAC]
 * eq. 14 with σ_r√α = η^{1/l}, β = 1 is from w̌: the ‖w̌ − w_escape‖ of [LEAC] appendix C.2 (eq. 114), which prints 5.6335e−7.
 * To first order it is ‖Σ u⊗…⊗v_r⊗…⊗u‖·σ_r·η^{(l−1)/l}, for l = 3 and u_n ⊥ v_r √3·1.3923e−7·2.0031 = 4.83e−7, and with the
 * printed vectors 4.8318e−7. The printed digits are not reproduced; single precision, [LEAC]'s JAX by default, may be why: in floats the printed
 * vectors give 6.67e−7, and 200 draws of u_n that differ in the fourth digit, as the printed one does from z/√6, 4.5e−7 to 6.2e−7
 * (5th to 95th percentile; median 5.3e−7).
 *
 * @param order l, odd, at least 3
 * @param rule how η is chosen
 * @param descent lifted gradient steps after the jump, exact ones; the trace shows them
 * @param maxEntries numbers that one array of the lift may hold
 * @param eigen how u_n is computed
 */
public record LeacCanonical(int order, LiftedEscape.Rule rule, int descent, long maxEntries, EigenSolver eigen)
        implements Escape<FactoredProblem> {

    /** X̌ that is nearer to X̂ than this, relative to ‖X̂‖, is X̂. */
    private static final double SAME = 1e-6;

    public LeacCanonical {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(eigen, "eigen");
        if (order < 3 || order % 2 == 0) {
            throw new IllegalArgumentException("order is " + order + "; an odd number of at least 3 is needed");
        }
        if (descent < 0) {
            throw new IllegalArgumentException("descent is " + descent + " steps; at least 0 is needed");
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is " + maxEntries + "; at least 1 is needed");
        }
    }

    /** Order 3, Armijo, no descent, arrays of at most 4·10⁶ numbers. */
    public static LeacCanonical standard() {
        return new LeacCanonical(3, LiftedEscape.Rule.ARMIJO, 0, Lifting.DEFAULT_MAX_ENTRIES, EigenSolver.standard());
    }

    public LeacCanonical withOrder(int other) {
        return new LeacCanonical(other, rule, descent, maxEntries, eigen);
    }

    public LeacCanonical withRule(LiftedEscape.Rule other) {
        return new LeacCanonical(order, other, descent, maxEntries, eigen);
    }

    public LeacCanonical withDescent(int steps) {
        return new LeacCanonical(order, rule, steps, maxEntries, eigen);
    }

    @Override
    public String name() {
        return "leac-canonical";
    }

    @Override
    public Outcome from(FactoredProblem problem, Trap trap) {
        Survey survey = trap.survey(problem);
        Evaluation at = survey.at();
        if (!survey.finite()) {
            return new Refused("the loss is " + at.loss() + "; only a finite point can be left");
        }
        Lifting lifting;
        try {
            lifting = Lifting.of(problem, order, maxEntries);
        } catch (IllegalArgumentException e) {
            return new Refused(e.getMessage());
        }
        Eigenpairs lowest = survey.gradientMatrix(eigen, 1, trap.stop());
        Workspace workspace = new Workspace();
        Evaluation lifted = lifting.problem().evaluate(lifting.lift(at.x()));
        Optional<LiftedEscape> escape = LiftedEscape.from(lifting, lifted, at, lowest, rule, workspace);
        if (escape.isEmpty()) {
            return new Refused("no step along vec(u_n q_rᵀ)^{⊗" + order + "} lowers the lifted loss "
                    + figure(lifted.loss()) + ": λₘᵢₙ of the gradient matrix is "
                    + figure(lowest.first().value()));
        }
        return collapse(lifting, at, lifted, escape.get(), workspace);
    }

    private Outcome collapse(
            Lifting lifting, Evaluation at, Evaluation lifted, LiftedEscape escape, Workspace workspace) {
        CompositeProblem problem = lifting.problem();
        Evaluation w = problem.ray(lifted, escape.direction(), workspace).evaluate(escape.eta());
        SymmetricTensor jumped = lifting.tensor(w.x());
        double simulated = simulatedDistance(at, escape, jumped);
        List<Values> trace = new ArrayList<>();
        trace.add(row(lifted));
        trace.add(row(w));
        for (int step = 0; step < descent; step++) {
            DMatrixRMaj direction = new DMatrixRMaj(w.x().numRows, w.x().numCols);
            Frobenius.add(direction, -1, w.gradient(), direction);
            Ray ray = problem.ray(w, direction, workspace);
            double s = ray.positiveMinimizer();
            if (!(s > 0)) {
                break;
            }
            w = ray.evaluate(s);
            trace.add(row(w));
        }
        SymmetricTensor tensor = lifting.tensor(w.x());
        RankOne leading = TensorPca.standard().dominant(tensor);
        double[] root = leading.root(order);
        DMatrixRMaj x = lifting.matrix(root);
        if (same(x, at.x())) {
            return new Refused(
                    "tensor PCA gives the point itself back: η is " + figure(escape.eta()) + " against ‖ŵ‖ = "
                            + figure(Math.pow(Frobenius.norm(at.x()), order)),
                    trace);
        }
        double after = lifting.base().value(x);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Values.LAMBDA_MIN, escape.lambda());
        if (escape.multiplicity() > 1) {
            figures.put("multiplicity", (double) escape.multiplicity());
        }
        figures.put("sigmaMin", escape.sigma());
        figures.put("eta", escape.eta());
        figures.put("liftedLossBefore", lifted.loss());
        figures.put("liftedLossAfter", w.loss());
        figures.put("kappa", TensorPca.standard().kappa(tensor, leading));
        figures.put("rankOneDistance", tensor.distanceTo(1, root));
        figures.put("simulatedDistance", simulated);
        figures.put("lossBefore", at.loss());
        figures.put("lossAfter", after);
        String detail = "lifted to order " + order + ", stepped along vec(u_n q_rᵀ)^{⊗" + order + "}"
                + (descent > 0 ? ", descended " + (trace.size() - 2) + " steps" : "") + " and took the dominant term";
        return new Moved(List.of(new Candidate(name(), x, after, Values.of(figures), detail, trace))
                .iterator());
    }

    /** ‖vec(X̂ + η^{1/l} u_n q_rᵀ)^{⊗l} − w̌‖. */
    private double simulatedDistance(Evaluation at, LiftedEscape escape, SymmetricTensor jumped) {
        double length = Math.copySign(Math.pow(Math.abs(escape.eta()), 1.0 / order), escape.eta());
        DMatrixRMaj x = new DMatrixRMaj(at.x().numRows, at.x().numCols);
        Frobenius.add(at.x(), length, escape.step(), x);
        return jumped.distanceTo(1, x.data);
    }

    private static Values row(Evaluation w) {
        Map<String, Double> row = new LinkedHashMap<>();
        row.put("liftedLoss", w.loss());
        row.put("liftedGradientNorm", w.gradientNorm());
        return Values.of(row);
    }

    private static boolean same(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj difference = new DMatrixRMaj(x.numRows, x.numCols);
        Frobenius.add(x, -1, y, difference);
        return Frobenius.norm(difference) <= SAME * Frobenius.norm(y);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
