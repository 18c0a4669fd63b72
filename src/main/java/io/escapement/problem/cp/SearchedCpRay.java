package io.escapement.problem.cp;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.Ray;
import io.escapement.problem.RaySearch;
import io.escapement.problem.Rise;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/**
 * A ray of a CP problem whose loss is no function of the norm: m operations for each s once its terms are measured. The minimizer is
 * {@link RaySearch}'s, a local one; its first trial is where the tangent meets the loss's infimum.
 */
final class SearchedCpRay implements Ray {

    private final CompositeProblem problem;
    private final Evaluation at;
    private final DMatrixRMaj direction;
    private final double slope;
    private final OuterLoss loss;
    private final double[] b;
    private final Supplier<RayTerms> source;
    private final double[] one;
    private final double[] two;
    private RayTerms terms;

    /** @param source asked once, and only where the loss along the ray is needed */
    SearchedCpRay(
            CompositeProblem problem,
            Evaluation at,
            DMatrixRMaj direction,
            OuterLoss loss,
            double[] b,
            Supplier<RayTerms> source) {
        this.problem = problem;
        this.at = at;
        this.direction = direction;
        this.slope = Frobenius.dot(at.gradient(), direction);
        this.loss = loss;
        this.b = b;
        this.source = source;
        this.one = new double[b.length];
        this.two = new double[b.length];
    }

    private Rise rise(double s) {
        if (terms == null) {
            terms = source.get();
        }
        return terms.rise(loss, b, at.weights(), s, one, two);
    }

    @Override
    public double loss() {
        return at.loss();
    }

    @Override
    public double aboveInfimum() {
        return problem.aboveInfimum(at);
    }

    @Override
    public double slope() {
        return slope;
    }

    @Override
    public double change(double s) {
        return rise(s).value();
    }

    @Override
    public double positiveMinimizer() {
        double trial = slope < 0 ? aboveInfimum() / -slope : 1;
        return RaySearch.positiveMinimizer(this::rise, slope, trial > 0 && Double.isFinite(trial) ? trial : 1);
    }

    @Override
    public Evaluation evaluate(double s) {
        DMatrixRMaj to = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(at.x(), s, direction, to);
        return problem.evaluate(to);
    }
}
