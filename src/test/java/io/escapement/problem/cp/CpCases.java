package io.escapement.problem.cp;

import io.escapement.problem.Gaussian;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Small shapes of both forms, and a dense reference that forms every entry of a tensor. */
final class CpCases {

    static final List<CpShape> SHAPES = List.of(
            CpShape.symmetric(4), CpShape.symmetric(1), CpShape.asymmetric(3, 4, 2), CpShape.asymmetric(1, 2, 5));

    private CpCases() {}

    static DMatrixRMaj factor(CpShape shape, int rank, Random random) {
        return Gaussian.matrix(shape.rows(), rank, random);
    }

    /** Σ_c a_c⊗b_c⊗e_c entry by entry, the modes' rows taken from the three factors. */
    static double[] trilinear(CpShape shape, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj e) {
        double[] values = new double[shape.first() * shape.second() * shape.third()];
        int at = 0;
        for (int i = 0; i < shape.first(); i++) {
            for (int j = 0; j < shape.second(); j++) {
                for (int k = 0; k < shape.third(); k++) {
                    double sum = 0;
                    for (int c = 0; c < a.numCols; c++) {
                        sum += a.get(i, c) * b.get(shape.offset(1) + j, c) * e.get(shape.offset(2) + k, c);
                    }
                    values[at++] = sum;
                }
            }
        }
        return values;
    }

    static double[] dense(CpShape shape, DMatrixRMaj x) {
        return trilinear(shape, x, x, x);
    }

    static double[] denseJacobian(CpShape shape, DMatrixRMaj x, DMatrixRMaj d) {
        return sum(trilinear(shape, d, x, x), trilinear(shape, x, d, x), trilinear(shape, x, x, d));
    }

    static double[] sum(double[]... parts) {
        double[] sum = new double[parts[0].length];
        for (double[] part : parts) {
            for (int e = 0; e < sum.length; e++) {
                sum[e] += part[e];
            }
        }
        return sum;
    }
}
