package io.escapement.problem;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.SymmetricOperator;
import java.util.Objects;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/**
 * ∇²h of h(X) = f(XXᵀ) at a point, which can be formed for less than its n·r products: with the columns J_(k,c) = 𝒜(sym(x_c e_kᵀ)) of the
 * image's derivative, halved, x_c a column of X and W = ∇²ℓ,
 *
 * <pre>∇²h = 2 G ⊗ I_r + 4 JᵀWJ,</pre>
 *
 * <p>and the balancing term's. That is one measurement of one column for each unknown, n/2 gradient evaluations instead of
 * 1.5·n·r, and G, which is known where a point is judged. JᵀWJ itself takes as many operations as about r/2 evaluations.
 *
 * <p>Not where J would hold more than {@value #MOST} numbers: then it is formed by products.
 *
 * @param gradientMatrix G, formed; asked for when it is needed
 */
public record HessianMatrix(FactoredProblem problem, Evaluation at, Supplier<DMatrixRMaj> gradientMatrix)
        implements SymmetricOperator {

    private static final long MOST = 4_000_000;

    public HessianMatrix {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(gradientMatrix, "gradientMatrix");
    }

    @Override
    public int dimension() {
        return at.x().getNumElements();
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        new Hessian(problem, at).apply(v, out);
    }

    @Override
    public DMatrixRMaj matrix() {
        int size = dimension();
        int m = problem.operator().measurements();
        if ((long) size * m > MOST) {
            return SymmetricOperator.super.matrix();
        }
        double[][] j = derivative(m);
        double[] bent = new double[m];
        DMatrixRMaj h = new DMatrixRMaj(size, size);
        for (int one = 0; one < size; one++) {
            problem.curvature(at, j[one], bent);
            for (int other = 0; other <= one; other++) {
                double value = 4 * Frobenius.dot(bent, j[other], m);
                h.data[one * size + other] = value;
                h.data[other * size + one] = value;
            }
        }
        addGradientMatrix(h);
        problem.addBalancing(at, h);
        return h;
    }

    /** J_(k,c) in the place of entry (k, c) of X, row by row. */
    private double[][] derivative(int m) {
        int n = at.x().numRows;
        int r = at.x().numCols;
        double[][] j = new double[n * r][m];
        DMatrixRMaj column = new DMatrixRMaj(n, 1);
        for (int c = 0; c < r; c++) {
            for (int i = 0; i < n; i++) {
                column.data[i] = at.x().data[i * r + c];
            }
            for (int k = 0; k < n; k++) {
                DMatrixRMaj unit = new DMatrixRMaj(n, 1);
                unit.data[k] = 1;
                problem.operator().measure(column, unit, j[k * r + c]);
            }
        }
        return j;
    }

    /** 2 G ⊗ I_r. */
    private void addGradientMatrix(DMatrixRMaj h) {
        DMatrixRMaj g = gradientMatrix.get();
        int n = at.x().numRows;
        int r = at.x().numCols;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                for (int c = 0; c < r; c++) {
                    h.data[(i * r + c) * n * r + k * r + c] += 2 * g.data[i * n + k];
                }
            }
        }
    }
}
