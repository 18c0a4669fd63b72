package io.escapement.problem.cp;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Gram;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.Ray;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * h(X) = ℓ(𝒜(F(X)) − b) for a measured CP tensor of either form ([LMM] section 6.3); ½‖·‖² where nothing else is said.
 *
 * <p>With w = ∇ℓ at 𝒜(F(X)) − b: ∇h = F′(X)ᵀ𝒜*(w) and ∇²h[D] = F′(X)ᵀ𝒜*∇²ℓ𝒜(F′(X)[D]) + F″(X)[D, ·]ᵀ𝒜*(w). An evaluation forms F(X)
 * and 𝒜*(w), one tensor each. A ray measures its three terms one after the other. A point's 𝒜*(w) is kept until
 * another point's Hessian is asked for, because Lanczos asks for hundreds of products at one point.
 */
public final class CpSensing implements CompositeProblem {

    private final CpMap map;
    private final TensorMeasurements measurements;
    private final double[] b;
    private final int rank;
    private final OuterLoss loss;
    private volatile Backprojected last;

    /** 𝒜*(weights), for the evaluation that owns that very array. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, on purpose
    private record Backprojected(double[] weights, double[] tensor) {}

    /**
     * @param b length m; copied
     * @param rank r, at least 1
     * @throws IllegalArgumentException if a length or the rank does not fit
     */
    public CpSensing(CpShape shape, TensorMeasurements measurements, double[] b, int rank) {
        this.map = new CpMap(shape);
        this.measurements = Objects.requireNonNull(measurements, "measurements");
        if (measurements.length() != map.length()) {
            throw new IllegalArgumentException("the measurements take tensors of " + measurements.length()
                    + " stored entries; a " + shape + " one has " + map.length());
        }
        if (b.length != measurements.measurements()) {
            throw new IllegalArgumentException(
                    "b has " + b.length + " entries; there are " + measurements.measurements() + " measurements");
        }
        CpArguments.requireRank(rank);
        this.b = b.clone();
        this.rank = rank;
        this.loss = new HalfSquaredNorm();
    }

    private CpSensing(CpSensing of, OuterLoss loss) {
        this.map = of.map;
        this.measurements = of.measurements;
        this.b = of.b;
        this.rank = of.rank;
        this.loss = loss;
    }

    /**
     * The same measurements, minimized otherwise.
     *
     * @throws IllegalArgumentException if the data do not fit the loss
     */
    public CpSensing withLoss(OuterLoss other) {
        other.requireData(b);
        return new CpSensing(this, other);
    }

    public OuterLoss loss() {
        return loss;
    }

    @Override
    public boolean smooth() {
        return loss.smooth();
    }

    @Override
    public int growth() {
        return loss.growth();
    }

    @Override
    public double aboveInfimum(Evaluation at) {
        return loss.excess(at.residual(), b);
    }

    /**
     * The tensor itself as data: h(X) = ½‖F(X) − T‖².
     *
     * @param values d₁·d₂·d₃ entries of T, the last index running fastest; the symmetric part if the shape is symmetric
     */
    public static CpSensing ofTensor(CpShape shape, double[] values, int rank) {
        CpMap map = new CpMap(shape);
        double[] t = new double[map.length()];
        map.pack(values, t);
        return new CpSensing(shape, new TensorEntries(t.length), t, rank);
    }

    public CpShape shape() {
        return map.shape();
    }

    public TensorMeasurements measurements() {
        return measurements;
    }

    /** b_k. */
    public double measurement(int k) {
        return b[k];
    }

    @Override
    public int rows() {
        return map.shape().rows();
    }

    @Override
    public int columns() {
        return rank;
    }

    @Override
    public Evaluation evaluate(DMatrixRMaj x) {
        CpArguments.requireFactor(this, x);
        double[] image = new double[map.length()];
        double[] back = new double[map.length()];
        double[] residual = new double[b.length];
        map.image(x, image);
        double[] weights = measurements.pass(loss, image, b, residual, back);
        DMatrixRMaj gradient = new DMatrixRMaj(x.numRows, x.numCols);
        map.adjoint(x, back, gradient);
        return new Evaluation(x, residual, weights, loss.value(residual, b), gradient, Frobenius.norm(gradient), 0);
    }

    @Override
    public void hessianProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        gaussNewtonProduct(at, direction, out);
        DMatrixRMaj bent = new DMatrixRMaj(direction.numRows, direction.numCols);
        map.adjointChange(at.x(), direction, backprojected(at.weights()), bent);
        Frobenius.add(out, 1, bent, out);
    }

    @Override
    public void gaussNewtonProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        CpArguments.requireFactor(this, direction);
        double[] tensor = new double[map.length()];
        double[] measured = new double[b.length];
        map.jacobian(at.x(), direction, tensor);
        measurements.measure(tensor, measured);
        loss.curvature(at.residual(), b, measured, measured);
        measurements.backproject(measured, tensor);
        map.adjoint(at.x(), tensor, out);
    }

    private double[] backprojected(double[] weights) {
        Backprojected known = last;
        if (known == null || known.weights() != weights) {
            double[] tensor = new double[map.length()];
            measurements.backproject(weights, tensor);
            known = new Backprojected(weights, tensor);
            last = known;
        }
        return known.tensor();
    }

    @Override
    public Gram gram(DMatrixRMaj x) {
        CpArguments.requireFactor(this, x);
        return new CpGram(map.shape()).at(x);
    }

    @Override
    public Ray ray(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        CpArguments.requireFactor(this, direction);
        return loss.ofNormAlone()
                ? new SexticRay(
                        this,
                        at,
                        direction,
                        loss.quadratic(),
                        () -> terms(at, direction, workspace).sextic())
                : new SearchedCpRay(this, at, direction, loss, b, () -> terms(at, direction, workspace));
    }

    private RayTerms terms(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        int m = b.length;
        double[] tensor = workspace.array(CpSlots.TENSOR, map.length());
        double[] r1 = workspace.array(CpSlots.FIRST_ORDER, m);
        double[] r2 = workspace.array(CpSlots.SECOND_ORDER, m);
        double[] r3 = workspace.array(CpSlots.THIRD_ORDER, m);
        map.jacobian(at.x(), direction, tensor);
        measurements.measure(tensor, r1);
        map.secondOrder(at.x(), direction, tensor);
        measurements.measure(tensor, r2);
        map.image(direction, tensor);
        measurements.measure(tensor, r3);
        return new RayTerms(at.residual(), r1, r2, r3, m);
    }

    @Override
    public String toString() {
        return measurements + " of a " + map.shape() + " tensor at rank " + rank
                + (loss.quadratic() ? "" : ", loss " + loss.describe());
    }
}
