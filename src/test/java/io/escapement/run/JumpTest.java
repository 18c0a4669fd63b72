package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import io.escapement.landscape.Judgement;
import io.escapement.landscape.Survey;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.PerturbedMatrixCompletion;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class JumpTest {

    private static final FactoredProblem PROBLEM =
            PerturbedMatrixCompletion.pmc(3, 0.3, 1).instance().problem();

    /** Next to the saddle at 0. */
    private static final DMatrixRMaj TRAP = new DMatrixRMaj(3, 1, true, 1e-3, -2e-3, 1e-3);

    private static Judgement judged(Survey survey) {
        return new Judgement(
                new PointVerdict.Undecided("of a test"), Values.none(), false, Optional.ofNullable(survey));
    }

    @Test
    void aJumpAlongTheLowestCurvatureHasACosineOfOne() {
        Survey survey = Survey.of(PROBLEM, TRAP);
        Eigenpair lowest =
                survey.hessian(EigenSolver.standard(), 1, () -> false).first();
        DMatrixRMaj landing = TRAP.copy();
        for (int i = 0; i < 3; i++) {
            landing.data[i] -= 0.5 * lowest.vector().data[i];
        }
        Map<String, Double> figures = Jump.of(TRAP, judged(survey), landing);
        assertThat(figures.get(Values.MOVED)).isCloseTo(0.5, within(1e-12));
        assertThat(figures.get(Values.CURVATURE_COSINE)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aJumpAtARightAngleToItHasACosineOfZero() {
        Survey survey = Survey.of(PROBLEM, TRAP);
        DMatrixRMaj v =
                survey.hessian(EigenSolver.standard(), 1, () -> false).first().vector();
        DMatrixRMaj landing = TRAP.copy();
        // Orthogonal to v in the plane of two of its entries.
        landing.data[0] += v.data[1];
        landing.data[1] -= v.data[0];
        assertThat(Jump.of(TRAP, judged(survey), landing).get(Values.CURVATURE_COSINE))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void aDirectionThatNobodyComputedIsNotComputedForThis() {
        DMatrixRMaj landing = TRAP.copy();
        landing.data[0] += 2;
        assertThat(Jump.of(TRAP, judged(Survey.of(PROBLEM, TRAP)), landing))
                .containsOnlyKeys(Values.MOVED)
                .containsEntry(Values.MOVED, 2.0);
        assertThat(Jump.of(TRAP, judged(null), landing)).containsOnlyKeys(Values.MOVED);
    }
}
