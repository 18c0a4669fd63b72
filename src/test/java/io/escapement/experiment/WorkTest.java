package io.escapement.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.linalg.Workspace;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class WorkTest {

    private final FactoredProblem plain =
            PerturbedMatrixCompletion.pmc(7, 0.2, 2).instance().problem();
    private final FactoredProblem counted = Work.counted(plain);
    private final DMatrixRMaj x = InitialPoint.gaussian(plain, 1, Seeds.generator(3));

    private double gradients() {
        return Work.of(counted).gradients(2);
    }

    @Test
    void oneGradientIsOneAndAnExactStepIsOneAndAHalf() {
        GradientDescent solver = new GradientDescent(new ExactStep());
        Workspace workspace = new Workspace();
        GradientDescent.State state = solver.start(counted, x, workspace);
        assertThat(gradients()).isEqualTo(1);
        solver.step(counted, state, workspace);
        assertThat(gradients()).isEqualTo(2.5);
        Work.of(counted).reset();
        // A loss alone is half; what concerns one column of two is half of that.
        counted.value(x);
        assertThat(gradients()).isEqualTo(0.5);
        counted.gradientMatrixTimes(
                new double[plain.operator().measurements()], new DMatrixRMaj(7, 1), new DMatrixRMaj(1, 1));
        assertThat(gradients()).isEqualTo(0.75);
    }

    @Test
    void countingChangesNoFigure() {
        assertThat(counted.evaluate(x).loss()).isEqualTo(plain.evaluate(x).loss());
        assertThat(counted.evaluate(x).gradient().data)
                .isEqualTo(plain.evaluate(x).gradient().data);
        assertThat(counted.lossAtZero()).isEqualTo(plain.lossAtZero());
    }

    @Test
    void aRunEndsWhereItsWorkIsDone() {
        Cell cell = new Cell(
                java.util.Map.of("n", "20"),
                seed -> Toy.trial(20, seed).gradients(12).plan(seed));
        TrialPlan plan = cell.recipe().plan(5);
        assertThat(plan.header().figures()).contains(Work.GRADIENTS);
        plan.pipeline()
                .events(reactor.core.scheduler.Schedulers.immediate())
                .doOnNext(plan.recorder()::accept)
                .blockLast();
        Outcome outcome = plan.recorder().outcome();
        assertThat(outcome.state().label()).isEqualTo("limit");
        assertThat(outcome.figure(Work.GRADIENTS)).isBetween(12.0, 13.5);
    }
}
