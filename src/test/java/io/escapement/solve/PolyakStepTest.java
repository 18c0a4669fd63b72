package io.escapement.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Workspace;
import io.escapement.problem.AbsoluteSum;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Ray;
import io.escapement.sensing.DenseOperator.Precision;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Polyak's step with h* known, learned and wrong, and the geometric step. */
class PolyakStepTest {

    private static final long SEED = 5;

    private static Instance<FactoredProblem> instance() {
        return UniformCompletion.of(FactorShape.psd(12), 2, 0.8).instance(Seeds.generator(SEED));
    }

    private static Ray downhill(FactoredProblem problem, Evaluation at) {
        return problem.ray(at, SearchDirection.steepest(at, new Workspace()), new Workspace());
    }

    @Test
    void theStepAlongTheGradientIsTheGapByItsSquaredNorm() {
        FactoredProblem problem = instance().problem();
        Evaluation at = problem.evaluate(InitialPoint.gaussian(problem, 0.3, Seeds.generator(SEED)));
        Ray ray = downhill(problem, at);
        double square = at.gradientNorm() * at.gradientNorm();
        assertThat(PolyakStep.toInfimum().along(ray, Double.NaN)).isCloseTo(at.loss() / square, within(1e-12));
        assertThat(new PolyakStep(new OptimalValue.Known(0.25 * at.loss()), 0.5).along(ray, Double.NaN))
                .isCloseTo(0.375 * at.loss() / square, within(1e-12));
    }

    @Test
    void aPointBelowTheOptimalValueThatWasNamedStays() {
        FactoredProblem problem = instance().problem();
        Evaluation at = problem.evaluate(InitialPoint.gaussian(problem, 0.3, Seeds.generator(SEED)));
        PolyakStep step = new PolyakStep(new OptimalValue.Known(2 * at.loss()));
        assertThat(step.along(downhill(problem, at), Double.NaN)).isZero();
    }

    @Test
    void theLevelWidensWhereItIsReachedAndNarrowsWhereItIsNot() {
        TargetLevel first = TargetLevel.unseen().after(8);
        assertThat(first.best()).isEqualTo(8);
        assertThat(first.delta()).isEqualTo(4);
        TargetLevel reached = first.after(3);
        assertThat(reached.best()).isEqualTo(3);
        assertThat(reached.delta()).isGreaterThan(first.delta());
        TargetLevel missed = first.after(9);
        assertThat(missed.best()).isEqualTo(8);
        assertThat(missed.delta()).isLessThan(first.delta());
        // The level is never below the infimum, so the gap is never above the loss.
        assertThat(reached.gap(3, 3)).isEqualTo(3);
    }

    @Test
    void withoutOutliersTheLevelFindsTheInfimumByItself() {
        Instance<FactoredProblem> instance = robust(0);
        GradientDescent.State end = descend(new PolyakStep(TargetLevel.unseen()), instance, 800);
        assertThat(instance.truth().orElseThrow().distance(end.x())).isLessThan(1e-10);
    }

    @Test
    void withOutliersTheLevelAndTheGeometricStepGoWhereTheInfimumCannot() {
        Instance<FactoredProblem> instance = robust(0.1);
        double level = distance(new PolyakStep(TargetLevel.unseen()), instance);
        double geometric = distance(new GeometricStep(0.01, 0.97), instance);
        double infimum = distance(PolyakStep.toInfimum(), instance);
        assertThat(level).isLessThan(1e-5);
        assertThat(geometric).isLessThan(1e-5);
        assertThat(infimum).isGreaterThan(1e-2);
    }

    @Test
    void theGeometricStepStartsAtItsSizeAndShrinksByItsRatio() {
        Instance<FactoredProblem> instance = instance();
        Workspace workspace = new Workspace();
        GradientDescent solver = new GradientDescent(new GeometricStep(0.5, 0.5));
        GradientDescent.State state = solver.start(instance.problem(), new DMatrixRMaj(12, 2), workspace);
        for (int k = 0; k < 5; k++) {
            state = solver.step(instance.problem(), state, workspace);
            assertThat(state.stepSize()).isEqualTo(Math.pow(0.5, k + 1));
        }
    }

    @Test
    void theGeometricStepOfUnknownSizeTakesHalfOfPolyaksFirst() {
        Instance<FactoredProblem> instance = instance();
        Workspace workspace = new Workspace();
        GradientDescent unknown = new GradientDescent(GeometricStep.fromFirst(0.5));
        GradientDescent polyak = new GradientDescent(PolyakStep.toInfimum());
        DMatrixRMaj x0 = InitialPoint.gaussian(instance.problem(), 0.3, Seeds.generator(SEED));
        GradientDescent.State state = unknown.start(instance.problem(), x0, workspace);
        double first = polyak.step(instance.problem(), polyak.start(instance.problem(), x0, workspace), workspace)
                .stepSize();
        for (int k = 0; k < 5; k++) {
            state = unknown.step(instance.problem(), state, workspace);
            assertThat(state.stepSize()).isCloseTo(Math.pow(0.5, k + 1) * first, within(1e-12 * first));
        }
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new GeometricStep(1, 1)).hasMessageContaining("ratio is 1.0");
        assertThatThrownBy(() -> new PolyakStep(new OptimalValue.Infimum(), 0)).hasMessageContaining("factor is 0.0");
        assertThatThrownBy(() -> new OptimalValue.Known(Double.NaN)).hasMessageContaining("h* is NaN");
    }

    private static Instance<FactoredProblem> robust(double outliers) {
        return new GaussianSensing(FactorShape.psd(15), 2, 2, 240, 1, 0, outliers, Precision.DOUBLE)
                .with(new AbsoluteSum(), 0)
                .instance(Seeds.generator(SEED));
    }

    private static double distance(StepSize step, Instance<FactoredProblem> instance) {
        return instance.truth()
                .orElseThrow()
                .distance(descend(step, instance, 800).x());
    }

    private static GradientDescent.State descend(StepSize step, Instance<FactoredProblem> instance, int steps) {
        FactoredProblem problem = instance.problem();
        DMatrixRMaj x0 =
                InitialPoint.nearTruth(problem, instance.truth().orElseThrow(), 0.05, Seeds.generator(SEED + 1));
        Workspace workspace = new Workspace();
        GradientDescent solver = new GradientDescent(step);
        GradientDescent.State state = solver.start(problem, x0, workspace);
        for (int i = 0; i < steps; i++) {
            state = solver.step(problem, state, workspace);
        }
        return state;
    }
}
