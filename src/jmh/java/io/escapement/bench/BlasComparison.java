package io.escapement.bench;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemv;

import io.escapement.app.OperatorBench;
import io.escapement.sensing.DenseOperator.RowSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.DoublePointer;

/**
 * {@link OperatorBench} beside two matrix-vector products of OpenBLAS on the unpacked rows, r = A·m and g = Aᵀ·r, A m×d²: what
 * a value and a gradient cost without packing and without the one pass. The same measurements; forming the image and the
 * product with the factor are left out on the side of OpenBLAS.
 *
 * <pre>mvn -Pbench compile exec:exec [-Dbench.d=200] [-Dbench.m=2000] [-Dbench.modules=java.base]</pre>
 *
 * The last leaves out the vector module. It needs about 8·m·d² bytes outside the heap: 640 MB for the default.
 */
public final class BlasComparison {

    private static final int RANK = 5;
    private static final int ROUNDS = 31;

    private BlasComparison() {}

    /** @param arguments d and m */
    public static void main(String[] arguments) {
        int d = Integer.parseInt(arguments[0]);
        int m = Integer.parseInt(arguments[1]);
        Map<String, OperatorBench.Other> others = Map.of("two products of OpenBLAS", operator -> products(d, m));
        System.out.print(new OperatorBench(d, m, RANK, List.of(1, 2), ROUNDS, others).run());
    }

    private static IntConsumer products(int d, int m) {
        long square = (long) d * d;
        DoublePointer rows = new DoublePointer(m * square);
        DoublePointer image = new DoublePointer(square);
        DoublePointer gradient = new DoublePointer(square);
        DoublePointer residual = new DoublePointer(m);
        double[] a = new double[d * d];
        RowSource source = OperatorBench.rows(m);
        for (int k = 0; k < m; k++) {
            source.row(k, a);
            rows.position(k * square).put(a, 0, a.length);
        }
        rows.position(0);
        for (int i = 0; i < a.length; i++) {
            image.put(i, 1.0 / (1 + i / d + i % d));
        }
        return threads -> {
            blas_set_num_threads(threads);
            int n = Math.toIntExact(square);
            cblas_dgemv(CblasRowMajor, CblasNoTrans, m, n, 1, rows, n, image, 1, 0, residual, 1);
            cblas_dgemv(CblasRowMajor, CblasTrans, m, n, 1, rows, n, residual, 1, 0, gradient, 1);
        };
    }
}
