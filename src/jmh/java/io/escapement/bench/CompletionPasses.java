package io.escapement.bench;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpairs;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.Quartic;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Completion of a 20,000×10,000 matrix of rank 10, of which a million entries are seen; on the common pool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CompletionPasses {

    private static final FactorShape SHAPE = FactorShape.asymmetric(20_000, 10_000);
    private static final int RANK = 10;

    private final Workspace workspace = new Workspace();
    private FactoredProblem problem;
    private DMatrixRMaj x;
    private Evaluation at;
    private double[] out;
    private DMatrixRMaj image;

    @Setup
    public void make() {
        problem = UniformCompletion.of(SHAPE, RANK, 0.005)
                .instance(Seeds.generator(1))
                .problem();
        x = Seeds.gaussian(SHAPE.rows(), RANK, 0.3, Seeds.generator(2));
        at = problem.evaluate(x);
        out = new double[problem.operator().measurements()];
        image = new DMatrixRMaj(SHAPE.rows(), RANK);
    }

    @Benchmark
    public double[] measure() {
        problem.operator().measure(x, x, out);
        return out;
    }

    @Benchmark
    public DMatrixRMaj backproject() {
        problem.operator().backproject(at.residual(), x, image);
        return image;
    }

    @Benchmark
    public Evaluation valueAndGradient() {
        return problem.evaluate(x);
    }

    /** The loss on the ray along the gradient: two measurements and four inner products. */
    @Benchmark
    public Quartic quarticOnARay() {
        return problem.quartic(at, at.gradient(), workspace);
    }

    /** λ_min of the gradient matrix to 10⁻³, by Lanczos. */
    @Benchmark
    public Eigenpairs smallestEigenvalue() {
        return EigenSolver.standard().withTolerance(1e-3).smallest(GradientMatrix.at(problem, at), 1);
    }
}
