package io.escapement.escape;

import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * A component of X̂ = Σ σ_φ v_φ q_φᵀ is taken out and an eigenvector of G(X̂) put in its place, even where that raises the
 * loss (mathematics.md, section 4.5): X̌ = X̂ − σ_φ v_φ q_φᵀ + s·u_i q_φᵀ for the k lowest u_i and each φ.
 *
 * <p>s in closed form ({@link Replacement}); skipped where there is none.
 *
 * <p>Order: weakest component first, and within it the lowest eigenvector first. Measured with chained probes on Gaussian
 * sensing, 60 instances each, solved: n=30 r=1 m=36, 58 in this order, 55 sorted by loss, 58 with k = 16; n=20 r=2 m=42, 52, 49
 * and 57, the last at twice the descents. So candidates are not sorted, and a larger k is worth its price where r &gt; 1 and the
 * measurements are few.
 *
 * <p>Rank-deficient X̂: components with σ_φ = 0 have one and the same candidates, which add to X̂ without taking
 * anything out; only the last of them is tried. So from X̂ = 0 there are at most k. A repeated eigenvalue: its eigenvectors are
 * whatever basis {@link EigenSolver} finds, the same one each time. An asymmetric factor: the same on Z = [X; Y], where u_i is a
 * pair of singular vectors of the gradient, stacked.
 *
 * @param directions k, how many eigenvectors
 * @param eigen how they are computed
 */
public record OracleProbe(int directions, EigenSolver eigen) implements Escape<FactoredProblem> {

    /** σ_φ below this fraction of σ_1 is zero. */
    private static final double NEGLIGIBLE = 1e-12;

    public OracleProbe {
        Objects.requireNonNull(eigen, "eigen");
        if (directions < 1) {
            throw new IllegalArgumentException("directions is " + directions + "; at least 1 is needed");
        }
    }

    /** Eight eigenvectors; residuals of 1e−6 are enough for a place to start from. */
    public static OracleProbe standard() {
        return new OracleProbe(8, EigenSolver.standard().withTolerance(1e-6));
    }

    public OracleProbe withDirections(int other) {
        return new OracleProbe(other, eigen);
    }

    @Override
    public String name() {
        return "oracle-probe";
    }

    @Override
    public Outcome from(FactoredProblem problem, Trap trap) {
        Evaluation at = problem.evaluate(trap.x());
        if (!Double.isFinite(at.loss()) || !Double.isFinite(at.gradientNorm())) {
            return new Refused("the loss is " + at.loss() + "; only a finite point can be left");
        }
        List<Eigenpair> lowest = eigen.smallest(GradientMatrix.at(problem, at).until(trap.stop()), directions)
                .pairs();
        Candidates candidates = new Candidates(problem, at, lowest);
        return candidates.hasNext()
                ? new Moved(candidates)
                : new Refused(String.format(
                        Locale.ROOT,
                        "no eigenvector of the gradient matrix (%d tried, λ_min %.4g) can take the place of a component"
                                + " (σ_r %.4g): s² is not above 0 for any",
                        lowest.size(),
                        lowest.get(0).value(),
                        candidates.svd.smallest()));
    }

    private final class Candidates implements Iterator<Candidate> {

        private final FactoredProblem problem;
        private final Evaluation at;
        private final List<Eigenpair> lowest;
        private final FactorSvd svd;
        private final Workspace workspace = new Workspace();
        private int component;
        private int index;
        private Evaluation rest;
        private Candidate next;

        Candidates(FactoredProblem problem, Evaluation at, List<Eigenpair> lowest) {
            this.problem = problem;
            this.at = at;
            this.lowest = lowest;
            this.svd = FactorSvd.of(at.x());
            this.component = svd.rank() - 1;
            this.rest = problem.evaluate(svd.without(component));
        }

        @Override
        public boolean hasNext() {
            while (next == null && component >= 0) {
                next = candidate();
                index++;
                if (index == lowest.size()) {
                    index = 0;
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

        private void nextComponent() {
            do {
                component--;
            } while (component >= 0 && svd.sigma(component) <= NEGLIGIBLE * svd.largest());
            if (component >= 0) {
                rest = problem.evaluate(svd.without(component));
            }
        }

        /** The candidate of the current component and eigenvector, or null where there is none. */
        private Candidate candidate() {
            Eigenpair pair = lowest.get(index);
            Optional<Replacement> put =
                    Replacement.of(problem, rest, svd.inPlaceOf(component, pair.vector()), workspace);
            if (put.isEmpty()) {
                return null;
            }
            Replacement replacement = put.get();
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
}
