package io.escapement.escape;

import io.escapement.event.Figures;
import io.escapement.event.Values;
import io.escapement.landscape.Survey;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Ray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * The certain way out of a strict saddle: X̌ = X̂ + s·U with U the eigenvector of μ = λₘᵢₙ(∇²h(X̂)) and s, of either sign, the
 * minimizer of h on that line (mathematics.md, section 3: exact where the loss is quadratic). To second order the loss falls
 * by ½|μ|s², so one candidate is enough, and nothing is drawn. Where μ ≥ 0 it refuses: a local minimum is not left by any
 * infinitesimal step.
 *
 * @param eigen how μ and U are computed
 */
public record NegativeCurvature(EigenSolver eigen) implements Escape<CompositeProblem> {

    /** A decrease below this fraction of the loss is rounding. */
    private static final double ROUNDING = 1e-12;

    public NegativeCurvature {
        Objects.requireNonNull(eigen, "eigen");
    }

    /** Residuals of 1e−6 are enough for a direction; formed up to 64 unknowns, because each column costs a product. */
    public static NegativeCurvature standard() {
        return new NegativeCurvature(EigenSolver.standard().withTolerance(1e-6).withDenseLimit(64));
    }

    @Override
    public String name() {
        return "negative-curvature";
    }

    @Override
    public Outcome from(CompositeProblem problem, Trap trap) {
        if (!problem.smooth()) {
            return new Refused("the loss is not smooth, so there is no Hessian to follow");
        }
        Survey survey = trap.survey(problem);
        Evaluation at = survey.at();
        if (!survey.finite()) {
            return new Refused("the loss is " + at.loss() + "; only a finite point can be left");
        }
        Eigenpairs lowest = survey.hessian(eigen, 1, trap.stop());
        double mu = lowest.first().value();
        if (!(mu < 0)) {
            return new Refused("the Hessian's smallest eigenvalue is " + Figures.of(mu)
                    + "; only a negative one shows a way down");
        }
        DMatrixRMaj up =
                DMatrixRMaj.wrap(at.x().numRows, at.x().numCols, lowest.first().vector().data);
        DMatrixRMaj down = new DMatrixRMaj(up.numRows, up.numCols);
        Frobenius.add(down, -1, up, down);
        Ray one = problem.ray(at, up, new Workspace());
        Ray other = problem.ray(at, down, new Workspace());
        double s = one.positiveMinimizer();
        double t = other.positiveMinimizer();
        boolean forward = !(change(other, t) < change(one, s));
        double length = forward ? s : t;
        double change = change(forward ? one : other, length);
        if (!(change < -ROUNDING * Math.abs(at.loss()))) {
            return new Refused("no step along the eigenvector of the Hessian's smallest eigenvalue, " + Figures.of(mu)
                    + ", lowers the loss " + Figures.of(at.loss()));
        }
        DMatrixRMaj x = new DMatrixRMaj(up.numRows, up.numCols);
        Frobenius.add(at.x(), length, forward ? up : down, x);
        double after = problem.evaluate(x).loss();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Values.HESSIAN_LAMBDA_MIN, mu);
        figures.put("s", forward ? length : -length);
        figures.put("lossBefore", at.loss());
        figures.put("lossAfter", after);
        return new Moved(List.of(new Candidate(
                        name(),
                        x,
                        after,
                        Values.of(figures),
                        "stepped to the minimizer along the Hessian's lowest eigenvector"))
                .iterator());
    }

    private static double change(Ray ray, double s) {
        return Double.isNaN(s) ? Double.POSITIVE_INFINITY : ray.change(s);
    }
}
