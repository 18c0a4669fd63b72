package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.linalg.Workspace;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class CountingOperatorTest {

    @Test
    void workIsInGradientEvaluations() {
        FactoredProblem plain = Gaussian.sensing(6, 2, 11, 0, 0, new Random(1));
        CountingOperator counted = new CountingOperator(plain.operator(), 2);
        FactoredProblem problem = plain.withOperator(counted);
        DMatrixRMaj x = Gaussian.matrix(6, 2, new Random(2));
        Evaluation at = problem.evaluate(x);
        assertThat(at.loss()).isEqualTo(plain.evaluate(x).loss());
        assertThat(counted.gradientEvaluations()).as("h and its gradient").isEqualTo(1);
        Ray ray = problem.ray(at, Gaussian.matrix(6, 2, new Random(3)), new Workspace());
        ray.evaluate(ray.positiveMinimizer() > 0 ? ray.positiveMinimizer() : 0.1);
        assertThat(counted.gradientEvaluations())
                .as("two measurements on the ray, one backprojection at its end")
                .isEqualTo(2.5);
        problem.hessianProduct(at, x, new DMatrixRMaj(6, 2));
        assertThat(counted.gradientEvaluations()).as("Hessian product").isEqualTo(4);
        GradientMatrix.at(problem, at).apply(new DMatrixRMaj(6, 1), new DMatrixRMaj(6, 1));
        assertThat(counted.gradientEvaluations()).as("one column of two").isEqualTo(4.25);
    }
}
