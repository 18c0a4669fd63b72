package io.escapement.escape;

import io.escapement.event.Values;
import io.escapement.landscape.Survey;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * A component of X̂ = Σ σ_φ v_φ q_φᵀ is taken out and an eigenvector of G(X̂) put in its place, even where that raises the
 * loss (mathematics.md, section 4.5): X̌ = X̂ − σ_φ v_φ q_φᵀ + s·u_i q_φᵀ for the k lowest u_i and each φ.
 *
 * <p>s in closed form ({@link Replacement}); skipped where there is none.
 *
 * <p>Order: weakest component first, and within it the lowest eigenvector first; sorting by loss solved fewer (60 instances
 * of Gaussian sensing, n=30 r=1 m=36: 55 instead of 58). Where the first k lead nowhere with any component, the next
 * eigenvectors up to {@code further} follow. Measured with L-BFGS at 20,000 gradient evaluations, 50 instances each, solved
 * with k = 8, 16 and 32 and nothing further: n=30 r=1 m=36, 44, 46, 48; m=34, 35, 43, 45; n=20 r=2 m=42, 41, 45, 47;
 * m=40, 26, 32, 37.
 *
 * <p>Directions that a symmetry of the problem carries into one another are one direction: for a power network, u and what a
 * common phase makes of it. They have the same λ, s, loss and gradient norm, to nine digits, and the second is skipped. (The gradient norm
 * tells apart what a permutation alone leaves equal: those need not lead to the same end.)
 *
 * <p>Rank-deficient X̂: components with σ_φ = 0 have one and the same candidates, which add to X̂ without taking
 * anything out; only the last of them is tried. So from X̂ = 0 there are at most k. A repeated eigenvalue: its eigenvectors are
 * whatever basis {@link EigenSolver} finds, the same one each time. An asymmetric factor: the same on Z = [X; Y], where u_i is a
 * pair of singular vectors of the gradient, stacked.
 *
 * <p>An eigenvector in the range of X̂ is skipped: it belongs to the eigenvalue 0, and what it would put in is there already.
 *
 * @param directions k, how many eigenvectors at first
 * @param further how many in all, at least k
 * @param near candidates with a loss of more than this many times the trap's are skipped; ∞ for none
 * @param eigen how they are computed
 */
public record OracleProbe(int directions, int further, double near, EigenSolver eigen)
        implements Escape<FactoredProblem> {

    /** σ_φ below this fraction of σ_1 is zero. */
    private static final double NEGLIGIBLE = 1e-12;

    /** A unit vector is in the range of X̂ if this much of its square is missing there, or less. */
    private static final double OUTSIDE = 1e-6;

    public OracleProbe {
        Objects.requireNonNull(eigen, "eigen");
        if (directions < 1) {
            throw new IllegalArgumentException("directions is " + directions + "; at least 1 is needed");
        }
        if (further < directions) {
            throw new IllegalArgumentException(
                    "further is " + further + "; at least the " + directions + " directions are needed");
        }
        if (!(near > 0)) {
            throw new IllegalArgumentException("near is " + near + "; above 0 is needed");
        }
    }

    /** Eight eigenvectors, 32 in all; residuals of 1e−6 are enough for a place to start from. */
    public static OracleProbe standard() {
        return new OracleProbe(
                8, 32, Double.POSITIVE_INFINITY, EigenSolver.standard().withTolerance(1e-6));
    }

    /** Another number of eigenvectors, and nothing further. */
    public OracleProbe withDirections(int other) {
        return new OracleProbe(other, other, near, eigen);
    }

    /** Only candidates with a loss of at most this many times the trap's. */
    public OracleProbe within(double factor) {
        return new OracleProbe(directions, further, factor, eigen);
    }

    @Override
    public String name() {
        return "oracle-probe";
    }

    @Override
    public Outcome from(FactoredProblem problem, Trap trap) {
        if (!problem.quadratic()) {
            return Quadratic.refusal(problem);
        }
        Survey survey = trap.survey(problem);
        Evaluation at = survey.at();
        if (!survey.finite()) {
            return new Refused("the loss is " + at.loss() + "; only a finite point can be left");
        }
        Candidates candidates = new Candidates(problem, survey, trap.stop());
        return candidates.hasNext()
                ? new Moved(candidates)
                : new Refused(String.format(
                        Locale.ROOT,
                        "no eigenvector of the gradient matrix (%d tried, λₘᵢₙ %.4g) can take the place of a component"
                                + " (σ_r %.4g): s² is not above 0 for any%s",
                        candidates.lowest.size(),
                        candidates.lowest.get(0).value(),
                        candidates.svd.smallest(),
                        near < Double.POSITIVE_INFINITY
                                ? ", or the loss is above " + near + " times that of the trap"
                                : ""));
    }

    private final class Candidates implements Iterator<Candidate> {

        private final FactoredProblem problem;
        private final Survey survey;
        private final Evaluation at;
        private final BooleanSupplier stop;
        private final FactorSvd svd;
        private final Workspace workspace = new Workspace();
        private final List<Seen> seen = new ArrayList<>();
        private List<Eigenpair> lowest;

        /** Of the eigenvectors, those that were tried with every component. */
        private int done;

        private boolean widened;
        private int component;
        private int index;
        private Evaluation rest;
        private Candidate next;

        Candidates(FactoredProblem problem, Survey survey, BooleanSupplier stop) {
            this.problem = problem;
            this.survey = survey;
            this.at = survey.at();
            this.stop = stop;
            this.svd = FactorSvd.of(at.x());
            this.lowest = lowest(directions);
            this.widened = further == directions || lowest.size() == problem.rows();
            begin(svd.rank() - 1);
        }

        private List<Eigenpair> lowest(int count) {
            return survey.gradientMatrix(eigen, count, stop).pairs();
        }

        @Override
        public boolean hasNext() {
            while (next == null && component >= 0) {
                next = index < lowest.size() ? candidate() : null;
                index++;
                if (index >= lowest.size()) {
                    nextComponent();
                }
            }
            return next != null;
        }

        @Override
        public Candidate next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all candidates were taken");
            }
            Candidate candidate = next;
            next = null;
            return candidate;
        }

        private void begin(int first) {
            component = first;
            index = done;
            rest = problem.evaluate(svd.without(component));
        }

        private void nextComponent() {
            do {
                component--;
            } while (component >= 0 && svd.sigma(component) <= NEGLIGIBLE * svd.largest());
            if (component >= 0) {
                begin(component);
                return;
            }
            done = lowest.size();
            if (!widened) {
                widened = true;
                lowest = lowest(further);
                begin(svd.rank() - 1);
            }
        }

        /** What a unit vector's square lacks in the range of X̂. */
        private double outside(DMatrixRMaj u) {
            double square = 1;
            for (int j = 0; j < svd.rank(); j++) {
                if (svd.sigma(j) > NEGLIGIBLE * svd.largest()) {
                    double along = Frobenius.dot(u, svd.left(j));
                    square -= along * along;
                }
            }
            return square;
        }

        /** The candidate of the current component and eigenvector, or null where there is none. */
        private Candidate candidate() {
            Eigenpair pair = lowest.get(index);
            if (outside(pair.vector()) <= OUTSIDE) {
                return null;
            }
            Optional<Replacement> put =
                    Replacement.of(problem, rest, svd.inPlaceOf(component, pair.vector()), workspace);
            if (put.isEmpty()) {
                return null;
            }
            Replacement replacement = put.get();
            if (replacement.loss() > near * at.loss()) {
                return null;
            }
            Seen one = new Seen(component, pair.value(), replacement);
            if (seen.stream().anyMatch(other -> one.same(other, problem))) {
                return null;
            }
            seen.add(one);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("component", component + 1.0);
            figures.put("sigma", svd.sigma(component));
            figures.put("direction", index + 1.0);
            figures.put("lambda", pair.value());
            figures.put("s", replacement.s());
            figures.put("lossBefore", at.loss());
            figures.put("lossAfter", replacement.loss());
            return new Candidate(
                    name(),
                    replacement.x(),
                    replacement.loss(),
                    Values.of(figures),
                    "put eigenvector " + (index + 1) + " of the gradient matrix in place of component "
                            + (component + 1) + " of " + svd.rank());
        }
    }

    /** What tells a candidate from those that a symmetry makes of it. */
    private record Seen(int component, double lambda, Replacement put) {

        /** Relative. */
        private static final double DIGITS = 1e-9;

        boolean same(Seen other, FactoredProblem problem) {
            return component == other.component
                    && close(lambda, other.lambda)
                    && close(put.s(), other.put.s())
                    && close(put.loss(), other.put.loss())
                    && close(slope(problem), other.slope(problem));
        }

        private double slope(FactoredProblem problem) {
            return problem.evaluate(put.x()).gradientNorm();
        }

        private static boolean close(double a, double b) {
            return Math.abs(a - b) <= DIGITS * Math.max(Math.abs(a), Math.abs(b));
        }
    }
}
