package io.escapement.solve.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.linalg.Workspace;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.Gaussian;
import io.escapement.problem.lifted.Lifting;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import io.escapement.solve.ArmijoStep;
import io.escapement.solve.ExactStep;
import io.escapement.solve.StableStep;
import io.escapement.solve.StepSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiftTest {

    private static final long SEED = 7;
    private static final Instance<FactoredProblem> ELEVEN =
            PerturbedMatrixCompletion.pmc(11, 0.01, 1).instance();

    static List<Lift> solvers() {
        return List.of(
                Lift.of(3, new ExactStep()),
                Lift.of(3, new StableStep()),
                Lift.of(3, ArmijoStep.startingAt(1)),
                Lift.of(5, new ExactStep()));
    }

    private static List<FactoredProblem> problems() {
        return List.of(
                PerturbedMatrixCompletion.pmc(5, 0.3, 1).instance().problem(),
                UniformCompletion.of(FactorShape.psd(4), 2, 0.8)
                        .instance(Seeds.generator(SEED))
                        .problem(),
                Gaussian.sensing(4, 1, 8, 0, 0, new Random(SEED)));
    }

    /** Those that the order leaves small enough to be quick. */
    private static List<FactoredProblem> problems(Lift solver) {
        return solver.order() == 3 ? problems() : problems().subList(0, 1);
    }

    private static DMatrixRMaj start(FactoredProblem problem, double scale) {
        return InitialPoint.gaussian(problem, scale, Seeds.generator(SEED + 1));
    }

    private static List<LiftState> trace(Lift solver, FactoredProblem problem, double scale, int steps) {
        Workspace workspace = new Workspace();
        List<LiftState> states = new ArrayList<>();
        states.add(solver.start(problem, start(problem, scale), workspace));
        while (states.size() <= steps) {
            states.add(solver.step(problem, states.get(states.size() - 1), workspace));
        }
        return states;
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void aStepLeavesItsInputAsItWasBitForBit(Lift solver) {
        for (FactoredProblem problem : problems(solver)) {
            Workspace workspace = new Workspace();
            LiftState state = solver.start(problem, start(problem, 0.3), workspace);
            for (int i = 0; i < 10; i++) {
                double[] x = state.x().data.clone();
                double[] w = state.lifted().map(at -> at.x().data.clone()).orElse(null);
                double[] products =
                        state.lifted().map(at -> at.residual().clone()).orElse(null);
                LiftState next = solver.step(problem, state, workspace);
                solver.step(problem, next, workspace);
                assertThat(state.x().data).isEqualTo(x);
                if (w != null) {
                    assertThat(state.lifted().orElseThrow().x().data).isEqualTo(w);
                    assertThat(state.lifted().orElseThrow().residual()).isEqualTo(products);
                }
                state = next;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void theSameStartGivesTheSameTrace(Lift solver) {
        for (FactoredProblem problem : problems(solver)) {
            List<LiftState> once = trace(solver, problem, 0.3, 20);
            List<LiftState> again = trace(solver, problem, 0.3, 20);
            for (int i = 0; i < once.size(); i++) {
                assertThat(again.get(i).loss()).isEqualTo(once.get(i).loss());
                assertThat(again.get(i).figures()).isEqualTo(once.get(i).figures());
            }
        }
    }

    /** Exact and Armijo steps, and escapes, lower the lifted loss; in matrix space h falls. */
    @ParameterizedTest
    @MethodSource("solvers")
    void theLiftedLossFallsAndThenTheLoss(Lift solver) {
        if (solver.stepSize() instanceof StableStep) {
            return;
        }
        for (FactoredProblem problem : problems(solver)) {
            List<LiftState> states = trace(solver, problem, 0.3, 60);
            for (int i = 1; i < states.size(); i++) {
                LiftState before = states.get(i - 1);
                LiftState after = states.get(i);
                if (after.lifted().isPresent()) {
                    double loss = before.lifted().orElseThrow().loss();
                    assertThat(after.lifted().get().loss())
                            .as("step %d", i)
                            .isLessThanOrEqualTo(loss * (1 + 1e-12)
                                    + 1e-14 * before.lifting().lossAtZero());
                } else {
                    assertThat(after.loss()).as("step %d", i).isLessThanOrEqualTo(before.loss() * (1 + 1e-12) + 1e-15);
                }
            }
        }
    }

    /** [LEAC] table 1: from 1e−7·N(0, 1), where unlifted descent needs the right one of 32 sign patterns. */
    @ParameterizedTest
    @MethodSource("solvers")
    void leavesTheSaddleAtZeroForTheTruth(Lift solver) {
        boolean quick = solver.order() == 3 && !(solver.stepSize() instanceof StableStep);
        FactoredProblem problem = quick
                ? ELEVEN.problem()
                : PerturbedMatrixCompletion.pmc(5, 0.01, 1).instance().problem();
        Workspace workspace = new Workspace();
        LiftState state = solver.start(problem, start(problem, 1e-7), workspace);
        assertThat(state.gradientNorm()).isLessThan(1e-5);
        int steps = 0;
        do {
            state = solver.step(problem, state, workspace);
            steps++;
        } while (state.gradientNorm() > 1e-8 && steps < 2000);
        assertThat(state.loss()).isLessThan(1e-12);
        assertThat(state.escapes()).isEqualTo(1);
        assertThat(state.figures()).containsEntry(LiftState.LIFTED_ESCAPES, 1.0);
    }

    @Test
    void withoutTheEscapeItFallsIntoTheSignsOfItsStart() {
        Lift plain = new Lift(3, new ExactStep(), 1e-3, false, Lifting.DEFAULT_MAX_ENTRIES);
        LiftState last = trace(plain, ELEVEN.problem(), 1e-2, 1000).get(1000);
        assertThat(last.lifted()).isEmpty();
        assertThat(last.gradientNorm()).isLessThan(1e-6);
        assertThat(last.loss()).isGreaterThan(1e-3);
        assertThat(last.escapes()).isZero();
    }

    @Test
    void figuresAreOfTheTensorAndEndWithIt() {
        List<LiftState> states = trace(Lift.of(3, new ExactStep()), problems().get(0), 0.3, 400);
        assertThat(states.get(0).figures())
                .containsOnlyKeys(
                        LiftState.LIFTED_LOSS,
                        LiftState.LIFTED_GRADIENT_NORM,
                        LiftState.KAPPA,
                        LiftState.LIFTED_ESCAPES);
        assertThat(states.get(0).stepSize()).isNaN();
        assertThat(states).allSatisfy(state -> {
            if (state.figures().containsKey(LiftState.KAPPA)) {
                assertThat(state.figures().get(LiftState.KAPPA)).isBetween(0.0, 1.0);
            }
        });
        assertThat(states.get(400).figures()).containsOnlyKeys(LiftState.LIFTED_ESCAPES);
    }

    /**
     * κ of definition C.7 along ε-MC: from 0 at the rank-one start, and towards 0 again as theorem 3.2 says, where 𝒜*(b) has one largest
     * eigenvalue. On the structured mask it has n/2 of them, and the lifted loss vanishes far from rank one.
     */
    @Test
    void kappaTellsWhetherEpsilonMcEndsAtRankOne() {
        Instance<FactoredProblem> uniform =
                new UniformCompletion(FactorShape.psd(6), 1, 1, 1, 0.8, 0, 1e-3).instance(Seeds.generator(1));
        List<Double> kappa = kappas(uniform.problem(), 0.4);
        assertThat(kappa.get(0)).isZero();
        assertThat(Collections.max(kappa)).isGreaterThan(0.02);
        assertThat(kappa.get(kappa.size() - 1)).isLessThan(0.01);
        List<Double> structured = kappas(
                PerturbedMatrixCompletion.epsilonMc(6, 5e-5, 1).instance().problem(), 0.02);
        assertThat(structured.get(structured.size() - 1)).isGreaterThan(0.5);
    }

    private static List<Double> kappas(FactoredProblem problem, double scale) {
        return trace(Lift.of(3, new ExactStep()), problem, scale, 60).stream()
                .map(state -> state.figures().get(LiftState.KAPPA))
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void aStartThatIsNotFiniteGivesStatesThatAreNot() {
        for (FactoredProblem problem : problems()) {
            DMatrixRMaj x0 = start(problem, 1);
            x0.data[1] = Double.NaN;
            Workspace workspace = new Workspace();
            Lift solver = Lift.of(3, new ExactStep());
            LiftState state = solver.start(problem, x0, workspace);
            for (int i = 0; i < 3; i++) {
                assertThat(state.loss()).isNaN();
                state = solver.step(problem, state, workspace);
            }
        }
    }

    /** Zero data, and zero itself as a start: nothing to do, and no failure. */
    @Test
    void startsAtZero() {
        DMatrixRMaj zero = new DMatrixRMaj(11, 1);
        Workspace workspace = new Workspace();
        Lift solver = Lift.of(3, new ExactStep());
        LiftState state = solver.start(ELEVEN.problem(), zero, workspace);
        for (int i = 0; i < 5; i++) {
            state = solver.step(ELEVEN.problem(), state, workspace);
        }
        assertThat(state.loss()).isLessThan(1e-12);
        FactoredProblem empty = new FactoredProblem(
                ELEVEN.problem().operator(),
                new double[ELEVEN.problem().operator().measurements()],
                1);
        List<LiftState> states = trace(solver, empty, 0.1, 50);
        assertThat(states.get(50).loss())
                .isPositive()
                .isLessThan(0.2 * states.get(0).loss());
    }

    @Test
    void refusesWhatDoesNotFit() {
        StepSize exact = new ExactStep();
        assertThatThrownBy(() -> Lift.of(4, exact)).hasMessageContaining("order is 4; an odd number");
        assertThatThrownBy(() -> new Lift(3, exact, 0, true, 10)).hasMessageContaining("restTolerance is 0.0");
        Lift small = new Lift(3, exact, 1e-3, true, 1000);
        assertThatThrownBy(() -> small.start(ELEVEN.problem(), new DMatrixRMaj(11, 1), new Workspace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11^3·1 = 1.33e+03 numbers")
                .hasMessageContaining("at most 1000");
    }
}
