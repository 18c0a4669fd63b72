package io.escapement.bench;

import io.escapement.app.OperatorBench;
import io.escapement.problem.FactorShape;
import io.escapement.sensing.DenseOperator;
import io.escapement.sensing.Seeds;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A dense operator of 200×200 matrices, rank 5, more rows than any cache holds; on the common pool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DensePasses {

    private static final int D = 200;
    private static final int M = 1000;
    private static final int RANK = 5;

    @Param({"DOUBLE", "SINGLE"})
    public DenseOperator.Precision precision;

    private DenseOperator operator;
    private DMatrixRMaj x;
    private double[] b;
    private double[] out;
    private DMatrixRMaj image;

    @Setup
    public void make() {
        operator = new DenseOperator(FactorShape.psd(D), M, OperatorBench.rows(M), precision);
        x = Seeds.gaussian(D, RANK, 1, Seeds.generator(2));
        b = Seeds.gaussian(1, M, 1, Seeds.generator(3)).data;
        out = new double[M];
        image = new DMatrixRMaj(D, RANK);
    }

    /** What the others are to be compared with. */
    @Benchmark
    public double plainRead() {
        return operator.total();
    }

    @Benchmark
    public double[] measure() {
        operator.measure(x, x, out);
        return out;
    }

    @Benchmark
    public DMatrixRMaj backproject() {
        operator.backproject(b, x, image);
        return image;
    }

    @Benchmark
    public DMatrixRMaj valueAndGradient() {
        operator.residualAndBackprojection(x, b, out, image);
        return image;
    }

    /** Value and gradient of Σ √(1 + r²). */
    @Benchmark
    public DMatrixRMaj anotherLoss() {
        operator.residualAndBackprojection(x, b, (k, r) -> r / Math.sqrt(1 + r * r), out, image);
        return image;
    }
}
