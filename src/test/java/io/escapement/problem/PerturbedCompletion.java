package io.escapement.problem;

import org.ejml.data.DMatrixRMaj;

/**
 * Perturbed matrix completion ([LEAC] eq. 17–18): weight 1 on Ω = {(i,i), (i,2k), (2k,i)}, ρ off it, M* = zzᵀ with
 * z = (1,0,1,0,…). Entries i ≤ j, those off the diagonal times √2, so that f is ½ΣT_ij(M_ij − M*_ij)² over all of them.
 */
public final class PerturbedCompletion {

    private PerturbedCompletion() {}

    public static FactoredProblem problem(int n, double rho, int rank) {
        int m = n * (n + 1) / 2;
        double[][] rows = new double[m][n * n];
        double[] b = new double[m];
        DMatrixRMaj z = truth(n);
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                double weight = i == j || i % 2 == 1 || j % 2 == 1 ? 1 : rho;
                double scaled = i == j ? weight : Math.sqrt(2) * weight;
                rows[k][i * n + j] += 0.5 * scaled;
                rows[k][j * n + i] += 0.5 * scaled;
                b[k] = scaled * z.data[i] * z.data[j];
                k++;
            }
        }
        SensingOperator operator =
                new DenseReferenceOperator(n, rows, new RestrictedConstants(rho * rho, 1, "exact: squared weights"));
        return new FactoredProblem(operator, b, rank);
    }

    public static DMatrixRMaj truth(int n) {
        DMatrixRMaj z = new DMatrixRMaj(n, 1);
        for (int i = 0; i < n; i += 2) {
            z.data[i] = 1;
        }
        return z;
    }

    /** The spurious minimum of n = 3, ρ = 0.3: the end of a descent from (1, 0, −1), which has the wrong sign. */
    public static Evaluation trapOfThree() {
        return Descent.to(problem(3, 0.3, 1), new DMatrixRMaj(3, 1, true, 1, 0, -1));
    }
}
