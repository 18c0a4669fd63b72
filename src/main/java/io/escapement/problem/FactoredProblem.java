package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import java.util.Objects;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * h(X) = f(XXᵀ) with f(M) = ½‖𝒜(M) − b‖² + (λ/2)·tr M, X n×r (mathematics.md, section 1).
 *
 * <p>G(X) = ∇f(XXᵀ) = 𝒜*(𝒜(XXᵀ) − b) + (λ/2)I, ∇h(X) = 2G(X)X,
 * ∇²h(X)[D] = 2G(X)D + 2𝒜*(𝒜(XDᵀ + DXᵀ))X. [LEAC], [SOD] and [EMC] step along G(X)X without the 2: their step size is
 * twice ours.
 */
public final class FactoredProblem implements CompositeProblem {

    /** A residual updated along rays this many times in a row is measured afresh, so that rounding cannot build up. */
    private static final int REFRESH = 32;

    private final SensingOperator operator;
    private final double[] b;
    private final int rank;
    private final double ridge;
    private final FactorShape shape;

    /**
     * @param b length m; copied
     * @param rank r, at least 1
     * @param ridge λ ≥ 0
     * @throws IllegalArgumentException if a length, the rank or the ridge does not fit
     */
    public FactoredProblem(SensingOperator operator, double[] b, int rank, double ridge, FactorShape shape) {
        this.operator = Objects.requireNonNull(operator, "operator");
        if (b.length != operator.measurements()) {
            throw new IllegalArgumentException(
                    "b has " + b.length + " entries; the operator makes " + operator.measurements() + " measurements");
        }
        if (rank < 1 || rank > operator.dimension()) {
            throw new IllegalArgumentException("rank is " + rank + "; 1 to " + operator.dimension() + " is possible");
        }
        if (!(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge is " + ridge + "; a finite number of at least 0 is needed");
        }
        if (shape.rows() != operator.dimension()) {
            throw new IllegalArgumentException(
                    "the factor has " + shape.rows() + " rows; the operator takes " + operator.dimension());
        }
        this.b = b.clone();
        this.rank = rank;
        this.ridge = ridge;
        this.shape = shape;
    }

    /** Symmetric M = XXᵀ without a ridge. */
    public FactoredProblem(SensingOperator operator, double[] b, int rank) {
        this(operator, b, rank, 0, FactorShape.psd(operator.dimension()));
    }

    /** The same measurements with another ridge. */
    public FactoredProblem withRidge(double other) {
        return new FactoredProblem(operator, b, rank, other, shape);
    }

    public SensingOperator operator() {
        return operator;
    }

    public FactorShape shape() {
        return shape;
    }

    /** λ. */
    public double ridge() {
        return ridge;
    }

    /** b_k. */
    public double measurement(int k) {
        return b[k];
    }

    /** f(0) = ½‖b‖²: the scale of the objective. */
    public double lossAtZero() {
        return 0.5 * Frobenius.dot(b, b, b.length);
    }

    @Override
    public int rows() {
        return operator.dimension();
    }

    @Override
    public int columns() {
        return rank;
    }

    @Override
    public Evaluation evaluate(DMatrixRMaj x) {
        requireShape(x);
        double[] residual = new double[b.length];
        DMatrixRMaj gradient = new DMatrixRMaj(x.numRows, x.numCols);
        operator.residualAndBackprojection(x, b, residual, gradient);
        addRidge(x, gradient);
        return complete(x, residual, gradient, 0);
    }

    /** h at a factor of any number of columns: for candidates of another rank. */
    public double value(DMatrixRMaj x) {
        double[] residual = new double[b.length];
        operator.measure(x, x, residual);
        for (int k = 0; k < b.length; k++) {
            residual[k] -= b[k];
        }
        return loss(x, residual);
    }

    private double loss(DMatrixRMaj x, double[] residual) {
        double loss = 0.5 * Frobenius.dot(residual, residual, b.length);
        return ridge == 0 ? loss : loss + 0.5 * ridge * Frobenius.dot(x, x);
    }

    /** Makes ∇h of the half of it, G·X. */
    private Evaluation complete(DMatrixRMaj x, double[] residual, DMatrixRMaj gradient, int age) {
        for (int i = 0; i < gradient.getNumElements(); i++) {
            gradient.data[i] *= 2;
        }
        return Evaluation.of(x, residual, loss(x, residual), gradient, age);
    }

    /**
     * G·V for the gradient matrix G = 𝒜*(residual) + (λ/2)I of a point.
     *
     * @param v n×k
     * @param out reshaped to n×k and overwritten; must not be {@code v}
     */
    public void gradientMatrixTimes(double[] residual, DMatrixRMaj v, DMatrixRMaj out) {
        operator.backproject(residual, v, out);
        addRidge(v, out);
    }

    private void addRidge(DMatrixRMaj v, DMatrixRMaj out) {
        if (ridge != 0) {
            Frobenius.add(out, 0.5 * ridge, v, out);
        }
    }

    @Override
    public void hessianProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        requireShape(direction);
        double[] cross = new double[b.length];
        operator.measure(at.x(), direction, cross);
        for (int k = 0; k < cross.length; k++) {
            cross[k] *= 2;
        }
        operator.backproject(cross, at.x(), out);
        DMatrixRMaj curved = new DMatrixRMaj(direction.numRows, direction.numCols);
        gradientMatrixTimes(at.residual(), direction, curved);
        for (int i = 0; i < out.getNumElements(); i++) {
            out.data[i] = 2 * (out.data[i] + curved.data[i]);
        }
    }

    @Override
    public Ray ray(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        requireShape(direction);
        return new QuarticRay(at, direction, workspace);
    }

    /** The loss on the ray as its five coefficients; global minimizers of both signs are found there. */
    public Quartic quartic(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        requireShape(direction);
        return new QuarticRay(at, direction, workspace).quartic();
    }

    private void requireShape(DMatrixRMaj x) {
        if (x.numRows != operator.dimension() || x.numCols != rank) {
            throw new IllegalArgumentException(
                    "x is " + x.numRows + "×" + x.numCols + "; " + operator.dimension() + "×" + rank + " is needed");
        }
    }

    private final class QuarticRay implements Ray {

        private final Evaluation at;
        private final DMatrixRMaj direction;
        private final Workspace workspace;
        private final double slope;
        private double[] r1;
        private double[] r2;
        private Quartic quartic;

        QuarticRay(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
            this.at = at;
            this.direction = direction;
            this.workspace = workspace;
            this.slope = Frobenius.dot(at.gradient(), direction);
        }

        Quartic quartic() {
            if (quartic == null) {
                int m = b.length;
                r1 = workspace.array(0, m);
                r2 = workspace.array(1, m);
                operator.measure(at.x(), direction, r1);
                operator.measure(direction, direction, r2);
                double[] r0 = at.residual();
                double r0r2 = 0;
                double r1r1 = 0;
                double r1r2 = 0;
                double r2r2 = 0;
                for (int k = 0; k < m; k++) {
                    double two = 2 * r1[k];
                    r1[k] = two;
                    r0r2 += r0[k] * r2[k];
                    r1r1 += two * two;
                    r1r2 += two * r2[k];
                    r2r2 += r2[k] * r2[k];
                }
                double ridgeCurvature = ridge == 0 ? 0 : 0.5 * ridge * Frobenius.dot(direction, direction);
                quartic = new Quartic(at.loss(), slope, 0.5 * r1r1 + r0r2 + ridgeCurvature, r1r2, 0.5 * r2r2);
            }
            return quartic;
        }

        @Override
        public double slope() {
            return slope;
        }

        @Override
        public double change(double s) {
            return quartic().change(s);
        }

        @Override
        public double positiveMinimizer() {
            return quartic().positiveMinimizer();
        }

        /** 2‖G‖₂ + 4L_s‖X‖², by ‖𝒜*(r)‖₂ ≤ √L_s·‖r‖; as sure as the operator's L_s. */
        @Override
        public OptionalDouble curvatureBound() {
            double smoothness = operator.constants().smoothness();
            double residual = Math.sqrt(Frobenius.dot(at.residual(), at.residual(), b.length));
            double square = Frobenius.dot(at.x(), at.x());
            return OptionalDouble.of(2 * Math.sqrt(smoothness) * residual + ridge + 4 * smoothness * square);
        }

        @Override
        public Evaluation evaluate(double s) {
            DMatrixRMaj x = new DMatrixRMaj(direction.numRows, direction.numCols);
            Frobenius.add(at.x(), s, direction, x);
            if (quartic == null || at.age() + 1 >= REFRESH) {
                return FactoredProblem.this.evaluate(x);
            }
            double[] r0 = at.residual();
            double[] residual = new double[b.length];
            for (int k = 0; k < residual.length; k++) {
                residual[k] = r0[k] + s * (r1[k] + s * r2[k]);
            }
            DMatrixRMaj gradient = new DMatrixRMaj(x.numRows, x.numCols);
            gradientMatrixTimes(residual, x, gradient);
            return complete(x, residual, gradient, at.age() + 1);
        }
    }
}
