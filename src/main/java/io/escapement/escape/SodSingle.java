package io.escapement.escape;

import io.escapement.event.Figures;
import io.escapement.event.Values;
import io.escapement.landscape.EscapeFeasibility;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.linalg.Frobenius;
import io.escapement.problem.FactoredProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Single-step simulated oracle direction ([SOD] module 4; mathematics.md, section 4.3): X̌ = X̂ + s*·u_n q_rᵀ with s* in closed
 * form, where the escape feasibility score EFS = NCM + AIC exceeds 1 ({@link EscapeFeasibility}); a refusal with the score
 * where it does not. Every candidate is lower than the trap.
 *
 * <p>The paper's ray is the first: u_n the lowest eigenvector of G(X̂), q_r of the weakest component. Beyond the paper, the k
 * lowest eigenvectors (so the whole eigenspace of a λ_n repeated up to k times) and each other component are scored too, at
 * two measurements each, and follow where their own EFS exceeds 1. Of 430 points at which descents of Gaussian sensing (n = 5 to
 * 7, r = 1 to 3) came to rest above the optimum, the paper's ray left none and the others 33, all of
 * them in the weakest component; a stronger one is what moves where a weaker one is right already.
 *
 * <p>Rank-deficient X̂: σ_r = 0, so NCM is ∞ where λ_n &lt; 0 and every such point is left. Of several empty components one is
 * scored. X̂ = 0 is a point like any other.
 *
 * @param directions k, how many eigenvectors
 * @param eigen how they are computed
 */
public record SodSingle(int directions, EigenSolver eigen) implements Escape<FactoredProblem> {

    /** A decrease below this fraction of the loss is rounding. */
    private static final double ROUNDING = 1e-12;

    public SodSingle {
        Objects.requireNonNull(eigen, "eigen");
        if (directions < 1) {
            throw new IllegalArgumentException("directions is " + directions + "; at least 1 is needed");
        }
    }

    /** The four lowest eigenvectors, to the tolerance of the judge, who has found the first of them. */
    public static SodSingle standard() {
        return new SodSingle(4, EigenSolver.standard().withTolerance(1e-9));
    }

    @Override
    public String name() {
        return "sod-single";
    }

    @Override
    public Outcome from(FactoredProblem problem, Trap trap) {
        return SodPoint.of(problem, trap, eigen, directions, this::from);
    }

    private Outcome from(SodPoint point) {
        List<Candidate> candidates = new ArrayList<>();
        EscapeFeasibility papers = null;
        EscapeFeasibility best = null;
        int scored = 0;
        for (int component = point.weakest(); component >= 0; component = point.stronger(component)) {
            for (int i = 0; i < point.lowest().pairs().size(); i++) {
                Eigenpair pair = point.lowest().pairs().get(i);
                EscapeFeasibility score =
                        EscapeFeasibility.of(point.problem(), point.at(), point.svd(), pair.vector(), component);
                scored++;
                papers = papers == null ? score : papers;
                best = best == null || score.efs() > best.efs() ? score : best;
                if (score.descends()) {
                    candidate(point, component, i, score, candidates);
                }
            }
        }
        return candidates.isEmpty() ? refusal(papers, best, scored) : new Moved(candidates.iterator());
    }

    private void candidate(
            SodPoint point, int component, int index, EscapeFeasibility score, List<Candidate> candidates) {
        double s = score.minimizer();
        double before = point.at().loss();
        DMatrixRMaj direction = point.svd()
                .inPlaceOf(component, point.lowest().pairs().get(index).vector());
        DMatrixRMaj x = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(point.at().x(), s, direction, x);
        double after = point.problem().value(x);
        if (!(score.change(s) < -ROUNDING * before && after < before)) {
            return;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Values.LAMBDA_MIN, score.lambda());
        if (point.lowest().multiplicity() > 1) {
            figures.put("multiplicity", (double) point.lowest().multiplicity());
        }
        figures.put("component", component + 1.0);
        figures.put("sigma", score.sigma());
        figures.put("direction", index + 1.0);
        figures.put("ncm", score.ncm());
        figures.put("aic", score.aic());
        figures.put("efs", score.efs());
        figures.put("s", s);
        figures.put("lossBefore", before);
        figures.put("lossAfter", after);
        candidates.add(new Candidate(
                name(),
                x,
                after,
                Values.of(figures),
                "stepped to the exact minimizer along eigenvector " + (index + 1)
                        + " of the gradient matrix in component " + (component + 1) + " of "
                        + point.svd().rank() + ", where "
                        + (score.ncm() > 1 ? "any step" : "only a finite step") + " descends: " + score.margins()));
    }

    private static Refused refusal(EscapeFeasibility papers, EscapeFeasibility best, int scored) {
        return new Refused("no finite step along u_n q_rᵀ lowers the loss: " + papers.margins()
                + ", and more than 1 is needed; λₘᵢₙ is " + Figures.of(papers.lambda()) + ", σ_r "
                + Figures.of(papers.sigma())
                + (scored > 1 ? "; the best EFS of " + scored + " rays is " + Figures.of(best.efs()) : ""));
    }
}
