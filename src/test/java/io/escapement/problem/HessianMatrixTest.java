package io.escapement.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.SymmetricOperator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class HessianMatrixTest {

    private static Map<String, FactoredProblem> problems() {
        Map<String, FactoredProblem> problems = new LinkedHashMap<>();
        problems.put("half-squared", Gaussian.sensing(5, 2, 12, 0.3, 0, new Random(1)));
        problems.put("ridge", Gaussian.sensing(4, 3, 9, 0.3, 0.7, new Random(2)));
        problems.put("huber", Gaussian.sensing(5, 2, 12, 0.3, 0, new Random(3)).withLoss(new Huber(0.5)));
        problems.put("norm", Gaussian.sensing(4, 2, 9, 0.3, 0, new Random(4)).withLoss(new EuclideanNorm()));
        problems.put("asymmetric", Gaussian.asymmetric(3, 4, 2, 10, 0.2, 0.4, new Random(5)));
        problems.put(
                "balanced",
                Gaussian.asymmetric(4, 2, 2, 10, 0.2, 0, new Random(6)).withBalance(0.3));
        return problems;
    }

    @Test
    void theFormedMatrixIsThatOfTheProductsAndCostsLess() {
        problems().forEach((name, plain) -> {
            CountingOperator counter = new CountingOperator(plain.operator(), plain.columns());
            FactoredProblem problem = plain.withOperator(counter);
            Evaluation at = problem.evaluate(Gaussian.matrix(plain.rows(), plain.columns(), new Random(7)));
            DMatrixRMaj g = GradientMatrix.at(problem, at).matrix();
            SymmetricOperator cheap = new HessianMatrix(problem, at, () -> g);
            double before = counter.gradientEvaluations();
            DMatrixRMaj formed = cheap.matrix();
            double between = counter.gradientEvaluations();
            DMatrixRMaj expected = new Hessian(problem, at).matrix();
            double after = counter.gradientEvaluations();
            double scale = 0;
            for (double value : expected.data) {
                scale = Math.max(scale, Math.abs(value));
            }
            for (int e = 0; e < expected.getNumElements(); e++) {
                assertThat(formed.data[e]).as("%s, entry %d", name, e).isCloseTo(expected.data[e], within(1e-12 * scale));
            }
            assertThat(between - before).as("%s formed", name).isCloseTo(0.5 * problem.rows(), within(1e-9));
            assertThat(after - between)
                    .as("%s by products", name)
                    .isCloseTo(1.5 * problem.rows() * problem.columns(), within(1e-9));
        });
    }
}
