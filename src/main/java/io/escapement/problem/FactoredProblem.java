package io.escapement.problem;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Frobenius;
import io.escapement.linalg.KnownNorm;
import io.escapement.linalg.Workspace;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * h(X) = f(XXᵀ), f(M) = ℓ(𝒜(M) − b) + (λ/2)·tr M, X n×r (mathematics.md, section 1), with ℓ = ½‖·‖² unless another {@link OuterLoss} is
 * given. An asymmetric factor may have a balancing term besides ({@link Balancing}), which belongs to h but not to f.
 *
 * <p>With w = ∇ℓ and H = ∇²ℓ at the measurements: G(X) = ∇f(XXᵀ) = 𝒜*(w) + (λ/2)I, ∇h(X) = 2G(X)X,
 * ∇²h(X)[D] = 2G(X)D + 2𝒜*(H·𝒜(XDᵀ + DXᵀ))X. [LEAC], [SOD] and [EMC] step along G(X)X without the 2: their step size is
 * twice ours.
 *
 * <p>Over the usual length because value, gradient, Hessian and rays share the loss, the ridge and the balancing term.
 */
public final class FactoredProblem implements CompositeProblem {

    private final SensingOperator operator;
    private final double[] b;
    private final int rank;
    private final double ridge;
    private final FactorShape shape;
    private final OuterLoss loss;
    private final double balance;
    private final Balancing balancing;
    private final KnownNorm data = new KnownNorm(() -> GradientMatrix.ofData(this));
    private final KnownNorm pull = new KnownNorm(() -> GradientMatrix.atZero(this));

    private FactoredProblem(
            SensingOperator operator,
            double[] b,
            int rank,
            double ridge,
            FactorShape shape,
            OuterLoss loss,
            double balance) {
        this.operator = Objects.requireNonNull(operator, "operator");
        this.loss = Objects.requireNonNull(loss, "loss");
        if (b.length != operator.measurements()) {
            throw new IllegalArgumentException(
                    "b has " + b.length + " entries; the operator makes " + operator.measurements() + " measurements");
        }
        loss.requireData(b);
        if (rank < 1 || rank > operator.dimension()) {
            throw new IllegalArgumentException("rank is " + rank + "; 1 to " + operator.dimension() + " is possible");
        }
        if (!(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge is " + ridge + "; a finite number of at least 0 is needed");
        }
        if (!(balance >= 0) || Double.isInfinite(balance)) {
            throw new IllegalArgumentException("balance is " + balance + "; a finite number of at least 0 is needed");
        }
        if (balance > 0 && shape.parameterization() != Parameterization.ASYMMETRIC) {
            throw new IllegalArgumentException("balance is " + balance + " with the parameterization "
                    + shape.parameterization().label() + "; only two factors, X and Y, can be balanced");
        }
        if (shape.rows() != operator.dimension()) {
            throw new IllegalArgumentException(
                    "the factor has " + shape.rows() + " rows; the operator takes " + operator.dimension());
        }
        this.b = b;
        this.rank = rank;
        this.ridge = ridge;
        this.shape = shape;
        this.balance = balance;
        this.balancing = balance > 0 ? new Balancing(balance, shape.split()) : null;
    }

    /**
     * With ½‖·‖² and no balancing.
     *
     * @param b length m; copied
     * @param rank r, at least 1
     * @param ridge λ ≥ 0
     * @throws IllegalArgumentException if a length, the rank or the ridge does not fit
     */
    public FactoredProblem(SensingOperator operator, double[] b, int rank, double ridge, FactorShape shape) {
        this(operator, b.clone(), rank, ridge, shape, new HalfSquaredNorm(), 0);
    }

    /** Symmetric M = XXᵀ without a ridge. */
    public FactoredProblem(SensingOperator operator, double[] b, int rank) {
        this(operator, b, rank, 0, FactorShape.psd(operator.dimension()));
    }

    /** The same measurements with another ridge. */
    public FactoredProblem withRidge(double other) {
        return new FactoredProblem(operator, b, rank, other, shape, loss, balance);
    }

    /**
     * The same measurements with another loss.
     *
     * @throws IllegalArgumentException if the data do not fit it
     */
    public FactoredProblem withLoss(OuterLoss other) {
        return new FactoredProblem(operator, b, rank, ridge, shape, other, balance);
    }

    /**
     * The same measurements with another balancing term.
     *
     * @param other β ≥ 0; above 0 for asymmetric factors only
     */
    public FactoredProblem withBalance(double other) {
        return new FactoredProblem(operator, b, rank, ridge, shape, loss, other);
    }

    /** The same problem through another operator for the same measurements. */
    public FactoredProblem withOperator(SensingOperator other) {
        return new FactoredProblem(other, b, rank, ridge, shape, loss, balance);
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

    /** ℓ. */
    public OuterLoss loss() {
        return loss;
    }

    /** β. */
    public double balance() {
        return balance;
    }

    @Override
    public Gram gram(DMatrixRMaj x) {
        requireShape(x);
        return Gram.of(shape, x);
    }

    @Override
    public int growth() {
        return loss.growth();
    }

    /** Whether h is a function of F(x) alone: without balancing, and with a ridge only where tr M is one. */
    public boolean ofImageAlone() {
        boolean traceSeen = shape.split() == 0;
        return balancing == null && (ridge == 0 || traceSeen);
    }

    @Override
    public boolean smooth() {
        return loss.smooth();
    }

    /** Whether h on every ray is a quartic, which {@link #quartic} then gives. */
    public boolean quadratic() {
        return loss.quadratic();
    }

    /** b_k. */
    public double measurement(int k) {
        return b[k];
    }

    /** What the data ask the measurements to be: b, or for a loss that is not one of the difference what stands in for it. */
    public double[] target() {
        return loss.target(b).clone();
    }

    /** ‖𝒜*(b)‖₂: the scale of the data, the same for the whole life of a problem. */
    public double dataNorm(EigenSolver eigen, BooleanSupplier stop) {
        return data.by(eigen, stop);
    }

    /** ‖∇f(0)‖₂ without a ridge: how hard the data pull at first. */
    public double pullNorm(EigenSolver eigen, BooleanSupplier stop) {
        return quadratic() ? dataNorm(eigen, stop) : pull.by(eigen, stop);
    }

    /** f(0): ½‖b‖² for ½‖·‖². */
    public double lossAtZero() {
        return loss.atZero(b);
    }

    /** f(0) − inf ℓ: the scale of the objective. */
    public double excessAtZero() {
        return loss.excess(loss.residualAtZero(b), b);
    }

    /** f − inf ℓ at an evaluated point, without the cancellation of a difference; without the balancing term. */
    public double excess(Evaluation at) {
        double excess = loss.excess(at.residual(), b);
        return ridge == 0 ? excess : excess + 0.5 * ridge * Frobenius.dot(at.x(), at.x());
    }

    @Override
    public double aboveInfimum(Evaluation at) {
        return balancing == null ? excess(at) : excess(at) + balancing.value(at.x());
    }

    /** ∇ℓ at M = 0: −b for ½‖·‖². */
    public double[] weightsAtZero() {
        return loss.gradient(loss.residualAtZero(b), b);
    }

    /** A bound on ∇²ℓ at an evaluated point and next to it; infinite where the loss has a kink. */
    public double curvatureBound(Evaluation at) {
        return loss.curvatureBound(at.residual(), b);
    }

    /** ‖XᵀX − YᵀY‖² if the problem has a balancing term, else 0. */
    public double squaredImbalance(DMatrixRMaj x) {
        return balancing == null ? 0 : balancing.squaredImbalance(x);
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
        double[] weights = loss.pass(operator, x, b, residual, gradient);
        return complete(x, residual, weights, gradient, 0);
    }

    /** The same where the residual is known already. */
    Evaluation evaluate(DMatrixRMaj x, double[] residual, int age) {
        DMatrixRMaj gradient = new DMatrixRMaj(x.numRows, x.numCols);
        double[] weights = loss.gradient(residual, b);
        operator.backproject(weights, x, gradient);
        return complete(x, residual, weights, gradient, age);
    }

    /** h at a factor of any number of columns: for candidates of another rank. */
    public double value(DMatrixRMaj x) {
        double[] residual = new double[b.length];
        operator.measure(x, x, residual);
        for (int k = 0; k < b.length; k++) {
            residual[k] -= b[k];
        }
        return value(x, residual);
    }

    private double value(DMatrixRMaj x, double[] residual) {
        double value = loss.value(residual, b);
        if (ridge != 0) {
            value += 0.5 * ridge * Frobenius.dot(x, x);
        }
        return balancing == null ? value : value + balancing.value(x);
    }

    /** Makes ∇h of 𝒜*(weights)·X. */
    private Evaluation complete(DMatrixRMaj x, double[] residual, double[] weights, DMatrixRMaj gradient, int age) {
        addRidge(x, gradient);
        if (balancing != null) {
            balancing.addHalfGradient(x, gradient);
        }
        for (int i = 0; i < gradient.getNumElements(); i++) {
            gradient.data[i] *= 2;
        }
        return Evaluation.of(x, residual, weights, value(x, residual), gradient, age);
    }

    /**
     * G·V for the gradient matrix G = 𝒜*(weights) + (λ/2)I of a point.
     *
     * @param weights ∇ℓ there, {@link Evaluation#weights}
     * @param v n×k
     * @param out reshaped to n×k and overwritten; must not be {@code v}
     */
    public void gradientMatrixTimes(double[] weights, DMatrixRMaj v, DMatrixRMaj out) {
        operator.backproject(weights, v, out);
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
        measuredCurvature(at, direction, out);
        DMatrixRMaj curved = new DMatrixRMaj(direction.numRows, direction.numCols);
        gradientMatrixTimes(at.weights(), direction, curved);
        if (balancing != null) {
            balancing.addHalfHessianProduct(at.x(), direction, curved);
        }
        for (int i = 0; i < out.getNumElements(); i++) {
            out.data[i] = 2 * (out.data[i] + curved.data[i]);
        }
    }

    @Override
    public void gaussNewtonProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        requireShape(direction);
        measuredCurvature(at, direction, out);
        addRidge(direction, out);
        if (balancing != null) {
            balancing.addHalfGaussNewtonProduct(at.x(), direction, out);
        }
        for (int i = 0; i < out.getNumElements(); i++) {
            out.data[i] *= 2;
        }
    }

    /** out = 𝒜*(H·𝒜(XDᵀ + DXᵀ))X. */
    private void measuredCurvature(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        double[] cross = new double[b.length];
        operator.measure(at.x(), direction, cross);
        for (int k = 0; k < cross.length; k++) {
            cross[k] *= 2;
        }
        loss.curvature(at.residual(), b, cross, cross);
        operator.backproject(cross, at.x(), out);
    }

    /** out = ∇²ℓ·y at an evaluated point. */
    void curvature(Evaluation at, double[] y, double[] out) {
        loss.curvature(at.residual(), b, y, out);
    }

    /** Adds the balancing term's part to ∇²h, formed. */
    void addBalancing(Evaluation at, DMatrixRMaj h) {
        if (balancing == null) {
            return;
        }
        int size = at.x().getNumElements();
        for (int k = 0; k < size; k++) {
            DMatrixRMaj unit = new DMatrixRMaj(at.x().numRows, at.x().numCols);
            unit.data[k] = 1;
            DMatrixRMaj half = new DMatrixRMaj(at.x().numRows, at.x().numCols);
            balancing.addHalfHessianProduct(at.x(), unit, half);
            for (int i = 0; i < size; i++) {
                h.data[i * size + k] += 2 * half.data[i];
            }
        }
    }

    @Override
    public Ray ray(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        requireShape(direction);
        return loss.quadratic()
                ? new QuarticRay(this, at, direction, workspace)
                : new SearchedRay(this, at, direction, workspace, loss, b);
    }

    @Override
    public PlaneLoss onPlane(DMatrixRMaj x0, DMatrixRMaj u, DMatrixRMaj v) {
        requireShape(x0);
        requireShape(u);
        requireShape(v);
        return MeasuredPlane.of(this, b, balancing, x0, u, v);
    }

    /**
     * The loss on the ray as its five coefficients; global minimizers of both signs are found there.
     *
     * @throws IllegalStateException unless the problem is {@link #quadratic}
     */
    public Quartic quartic(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        requireShape(direction);
        if (!loss.quadratic()) {
            throw new IllegalStateException(
                    "the loss is " + loss.describe() + "; only that of half-squared residuals is a quartic on a ray");
        }
        return new QuarticRay(this, at, direction, workspace).quartic();
    }

    /** Whether h has more terms than the loss. */
    boolean penalized() {
        return ridge != 0 || balancing != null;
    }

    /** Ridge and balancing term on a ray; the terms of the zeroth and first power are left to value and slope. */
    Quartic penalty(DMatrixRMaj x, DMatrixRMaj direction) {
        Quartic balanced = balancing == null ? Quartic.ZERO : balancing.along(x, direction);
        double curvature = ridge == 0 ? 0 : 0.5 * ridge * Frobenius.dot(direction, direction);
        return new Quartic(0, 0, balanced.c2() + curvature, balanced.c3(), balanced.c4());
    }

    private void requireShape(DMatrixRMaj x) {
        if (x.numRows != operator.dimension() || x.numCols != rank) {
            throw new IllegalArgumentException(
                    "x is " + x.numRows + "×" + x.numCols + "; " + operator.dimension() + "×" + rank + " is needed");
        }
    }
}
