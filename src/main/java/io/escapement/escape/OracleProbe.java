package io.escapement.escape;

import io.escapement.event.Values;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.FactorSvd;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.Quartic;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * A component of X̂ = Σ σ_φ v_φ q_φᵀ is taken out and an eigenvector of G(X̂) put in its place, even where that raises the
 * loss (mathematics.md, section 4.5): X̌ = X̂ − σ_φ v_φ q_φᵀ + s·u_i q_φᵀ for the k lowest u_i and each φ.
 *
 * <p>s in closed form: what is left of X̂ maps q_φ to 0, so the image is X̂_{−φ}X̂_{−φ}ᵀ + s²·u_i u_iᵀ without cross terms, the
 * loss on the ray is even, c₀ + c₂s² + c₄s⁴, and s² = −c₂/(2c₄), which is the section's formula (with a ridge, c₂ holds λ/2 too).
 * Skipped where s² ≤ 0 or 𝒜(u_i u_iᵀ) = 0.
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

    /** A decrease below this fraction of the loss without the component is rounding: nothing was put in. */
    private static final double ROUNDING = 1e-12;

    /**
     * ‖𝒜(uuᵀ)‖² below this fraction of L_s is zero but for rounding: the measurements do not see u. So it is in an
     * asymmetric factor with u = [u₁; 0], which belongs to the eigenvalue 0 of G.
     */
    private static final double UNSEEN = 1e-20;

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
        private final double smoothness;
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
            this.smoothness = problem.operator().constants().smoothness();
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
            DMatrixRMaj direction = svd.inPlaceOf(component, pair.vector());
            Quartic quartic = problem.quartic(rest, direction, workspace);
            double square = -quartic.c2() / (2 * quartic.c4());
            double s = Math.sqrt(square);
            if (2 * quartic.c4() <= UNSEEN * smoothness || !(quartic.change(s) < -ROUNDING * rest.loss())) {
                return null;
            }
            DMatrixRMaj x = new DMatrixRMaj(direction.numRows, direction.numCols);
            Frobenius.add(rest.x(), s, direction, x);
            double loss = problem.value(x);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("component", component + 1.0);
            figures.put("sigma", svd.sigma(component));
            figures.put("direction", index + 1.0);
            figures.put("lambda", pair.value());
            figures.put("s", s);
            figures.put("lossBefore", at.loss());
            figures.put("lossAfter", loss);
            return new Candidate(
                    name(),
                    x,
                    loss,
                    Values.of(figures),
                    "put eigenvector " + (index + 1) + " of the gradient matrix in place of component "
                            + (component + 1) + " of " + svd.rank());
        }
    }
}
