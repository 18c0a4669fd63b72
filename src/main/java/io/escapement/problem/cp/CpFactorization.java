package io.escapement.problem.cp;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.EuclideanNorm;
import io.escapement.problem.Evaluation;
import io.escapement.problem.Gram;
import io.escapement.problem.HalfSquaredNorm;
import io.escapement.problem.OuterLoss;
import io.escapement.problem.Ray;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * h(X) = ½‖F(X) − F(Z)‖², or ‖F(X) − F(Z)‖, for a tensor known by its factor Z, both CP forms ([LMM] section 5.3). No tensor is
 * formed, which is why there are no other losses: these two are functions of the norm alone.
 *
 * <p>Gradient and Hessian product come from Gram matrices ({@link CpGram}): F′(X)ᵀ(F(X) − F(Z)), and F′(X)ᵀF′(X)[D] +
 * F″(X)[D, ·]ᵀ(F(X) − F(Z)). The loss does not: ½‖F(X)‖² − ⟨F(X), F(Z)⟩ + ½‖F(Z)‖² has an error of 1e−16·‖F(Z)‖², so it ends at a
 * relative distance of 1e−8. It comes from the cores ({@link CpCore}), and an evaluation's residual is
 * that of the cores: the coordinates of F(X) − F(Z) in an orthonormal basis, which changes from point to point.
 *
 * <p>Without the square, with h₂ for what there is with it: h = √(2h₂), ∇h = ∇h₂/h and ∇²h = (∇²h₂ − ∇h∇hᵀ)/h; 0 where h is.
 *
 * <p>Cost of an evaluation: a QR decomposition of d×(r + r*) for each mode, and a core of (r + r*)³ entries.
 */
public final class CpFactorization implements CompositeProblem {

    private final CpShape shape;
    private final CpGram gram;
    private final DMatrixRMaj z;
    private final int rank;
    private final OuterLoss loss;

    /**
     * @param z factor of the tensor that is to be found, shape.rows()×r*; copied
     * @param rank r, at least 1
     * @throws IllegalArgumentException if a size does not fit or an entry of z is not finite
     */
    public CpFactorization(CpShape shape, DMatrixRMaj z, int rank) {
        this.shape = Objects.requireNonNull(shape, "shape");
        CpArguments.requireTruth(shape, z);
        CpArguments.requireRank(rank);
        this.gram = new CpGram(shape);
        this.z = z.copy();
        this.rank = rank;
        this.loss = new HalfSquaredNorm();
    }

    private CpFactorization(CpFactorization of, OuterLoss loss) {
        this.shape = of.shape;
        this.gram = of.gram;
        this.z = of.z;
        this.rank = of.rank;
        this.loss = loss;
    }

    /**
     * The same tensor, with ½‖·‖² or ‖·‖.
     *
     * @throws IllegalArgumentException if it is another loss, which would need every entry of the tensor
     */
    public CpFactorization withLoss(OuterLoss other) {
        if (!other.quadratic() && !(other instanceof EuclideanNorm)) {
            throw new IllegalArgumentException("the loss is " + other.describe() + "; it would need every entry of a "
                    + shape + " tensor, so half-squared or norm is needed (tensor-sensing takes any loss)");
        }
        return new CpFactorization(this, other);
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

    public CpShape shape() {
        return shape;
    }

    @Override
    public int rows() {
        return shape.rows();
    }

    @Override
    public int columns() {
        return rank;
    }

    @Override
    public Evaluation evaluate(DMatrixRMaj x) {
        CpArguments.requireFactor(this, x);
        double[] residual = MatrixFeatures_DDRM.hasUncountable(x)
                ? new double[] {Double.NaN}
                : CpCore.of(shape, List.of(x, z)).difference(0, 1);
        DMatrixRMaj gradient = new DMatrixRMaj(x.numRows, x.numCols);
        DMatrixRMaj towards = new DMatrixRMaj(x.numRows, x.numCols);
        gram.adjointOfImage(x, x, gradient);
        gram.adjointOfImage(x, z, towards);
        Frobenius.add(gradient, -1, towards, gradient);
        if (loss.quadratic()) {
            double half = 0.5 * Frobenius.dot(residual, residual, residual.length);
            return new Evaluation(x, residual, half, gradient, Frobenius.norm(gradient), 0);
        }
        double norm = OuterLoss.norm(residual, residual.length);
        double[] weights = residual.clone();
        over(norm, weights, weights.length);
        over(norm, gradient.data, gradient.getNumElements());
        return new Evaluation(x, residual, weights, norm, gradient, Frobenius.norm(gradient), 0);
    }

    private static void over(double norm, double[] v, int length) {
        for (int i = 0; i < length; i++) {
            v[i] = norm == 0 ? 0 : v[i] / norm;
        }
    }

    /** What ∇²h₂ or its first part gave, for h. */
    private void withoutSquare(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        if (!loss.quadratic()) {
            Frobenius.add(out, -Frobenius.dot(at.gradient(), direction), at.gradient(), out);
            over(at.loss(), out.data, out.getNumElements());
        }
    }

    @Override
    public void hessianProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        CpArguments.requireFactor(this, direction);
        DMatrixRMaj x = at.x();
        DMatrixRMaj part = new DMatrixRMaj(x.numRows, x.numCols);
        gram.gram(x, direction, out);
        gram.adjointOfImageChange(x, direction, x, part);
        Frobenius.add(out, 1, part, out);
        gram.adjointOfImageChange(x, direction, z, part);
        Frobenius.add(out, -1, part, out);
        withoutSquare(at, direction, out);
    }

    @Override
    public void gaussNewtonProduct(Evaluation at, DMatrixRMaj direction, DMatrixRMaj out) {
        CpArguments.requireFactor(this, direction);
        gram.gram(at.x(), direction, out);
        withoutSquare(at, direction, out);
    }

    @Override
    public Gram gram(DMatrixRMaj x) {
        CpArguments.requireFactor(this, x);
        return gram.at(x);
    }

    @Override
    public Ray ray(Evaluation at, DMatrixRMaj direction, Workspace workspace) {
        CpArguments.requireFactor(this, direction);
        return new SexticRay(this, at, direction, loss.quadratic(), () -> sextic(at.x(), direction, workspace));
    }

    private Sextic sextic(DMatrixRMaj x, DMatrixRMaj direction, Workspace workspace) {
        if (MatrixFeatures_DDRM.hasUncountable(x) || MatrixFeatures_DDRM.hasUncountable(direction)) {
            double nan = Double.NaN;
            return new Sextic(nan, nan, nan, nan, nan, nan, nan);
        }
        CpCore core = CpCore.of(shape, List.of(x, z, direction));
        CpMap map = new CpMap(core.shape());
        int length = map.length();
        DMatrixRMaj start = core.factors().get(0);
        DMatrixRMaj along = core.factors().get(2);
        double[] r1 = workspace.array(CpSlots.FIRST_ORDER, length);
        double[] r2 = workspace.array(CpSlots.SECOND_ORDER, length);
        double[] r3 = workspace.array(CpSlots.THIRD_ORDER, length);
        map.jacobian(start, along, r1);
        map.secondOrder(start, along, r2);
        map.image(along, r3);
        return Sextic.of(core.difference(0, 1), r1, r2, r3, length);
    }

    @Override
    public String toString() {
        return "CP factorization of a " + shape + " tensor of rank " + z.numCols + " at rank " + rank
                + (loss.quadratic() ? "" : ", loss " + loss.describe());
    }
}
