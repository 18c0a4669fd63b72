package io.escapement.problem.cp;

import io.escapement.linalg.Frobenius;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Ray;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/**
 * A ray of a CP problem. A point on it is evaluated afresh: that costs no more than a residual put together from the ray's terms
 * and backprojected, and nothing adds up. The loss is ½‖·‖², a sextic there, or ‖·‖, which is least where that is.
 */
final class SexticRay implements Ray {

    private final CompositeProblem problem;
    private final Evaluation at;
    private final DMatrixRMaj direction;
    private final double slope;
    private final boolean squared;
    private final Supplier<Sextic> terms;
    private Sextic sextic;

    /**
     * @param squared whether the loss is ½‖·‖² and not ‖·‖
     * @param terms of ½‖·‖²; asked once, and only where the loss along the ray is needed
     */
    SexticRay(CompositeProblem problem, Evaluation at, DMatrixRMaj direction, boolean squared, Supplier<Sextic> terms) {
        this.problem = problem;
        this.at = at;
        this.direction = direction;
        this.slope = Frobenius.dot(at.gradient(), direction);
        this.squared = squared;
        this.terms = terms;
    }

    private Sextic sextic() {
        if (sextic == null) {
            sextic = terms.get();
        }
        return sextic;
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
        double change = sextic().change(s);
        if (squared) {
            return change;
        }
        // √(n² + 2c) − n without its cancellation.
        double n = at.loss();
        double sum = n + Math.sqrt(Math.max(0, n * n + 2 * change));
        return sum == 0 ? 0 : 2 * change / sum;
    }

    @Override
    public double positiveMinimizer() {
        return sextic().positiveMinimizer();
    }

    @Override
    public Evaluation evaluate(double s) {
        DMatrixRMaj to = new DMatrixRMaj(direction.numRows, direction.numCols);
        Frobenius.add(at.x(), s, direction, to);
        return problem.evaluate(to);
    }
}
