package io.escapement.solve.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.linalg.Workspace;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.PerturbedMatrixCompletion;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.UniformCompletion;
import io.escapement.solve.Solver;
import io.escapement.solve.SolverState;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every solver must keep to (SolverContractTest), for those that need more than value and gradient. */
class CompletionSolversTest {

    private static final long SEED = 7;

    static Stream<Solver<? super FactoredProblem, ?>> solvers() {
        return Stream.of(Gnmr.of(-1), new Sdp(), LinRfm.of(0.5), LinRfm.of(0.25), new BurerMonteiro(1e-3));
    }

    private static List<FactoredProblem> problems() {
        return List.of(
                PerturbedMatrixCompletion.pmc(9, 0.3, 1).instance().problem(),
                UniformCompletion.of(FactorShape.psd(12), 2, 0.6)
                        .instance(Seeds.generator(SEED))
                        .problem(),
                UniformCompletion.of(FactorShape.asymmetric(9, 11), 2, 0.6)
                        .instance(Seeds.generator(SEED))
                        .problem());
    }

    private static DMatrixRMaj start(FactoredProblem problem) {
        return InitialPoint.gaussian(problem, 0.3, Seeds.generator(SEED + 1));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    <S extends SolverState> void aStepIsAFunctionOfItsStateAndLeavesItAsItWas(
            Solver<? super FactoredProblem, S> solver) {
        for (FactoredProblem problem : problems()) {
            Workspace workspace = new Workspace();
            S state = solver.start(problem, start(problem), workspace);
            assertThat(state.stepSize()).isNaN();
            for (int i = 0; i < 12; i++) {
                double[] before = state.x().data.clone();
                S next = solver.step(problem, state, workspace);
                solver.step(problem, next, workspace);
                S again = solver.step(problem, state, new Workspace());
                assertThat(state.x().data)
                        .as("%s, step %d, seed %d", solver, i, SEED)
                        .isEqualTo(before);
                assertThat(again.x().data).isEqualTo(next.x().data);
                assertThat(again.figures()).isEqualTo(next.figures());
                assertThat(next.loss()).isEqualTo(problem.evaluate(next.x()).loss());
                state = next;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("solvers")
    <S extends SolverState> void aStartThatIsNotFiniteGivesStatesThatAreNot(Solver<? super FactoredProblem, S> solver) {
        for (FactoredProblem problem : problems()) {
            DMatrixRMaj x0 = start(problem);
            x0.data[3] = Double.NaN;
            Workspace workspace = new Workspace();
            S state = solver.start(problem, x0, workspace);
            for (int i = 0; i < 3; i++) {
                assertThat(state.loss()).isNaN();
                state = solver.step(problem, state, workspace);
            }
        }
    }

    /** Data of 0: nothing to find but 0, and no failure. */
    @ParameterizedTest
    @MethodSource("solvers")
    <S extends SolverState> void noDataIsNoFailure(Solver<? super FactoredProblem, S> solver) {
        for (FactoredProblem problem : problems()) {
            FactoredProblem empty = new FactoredProblem(
                    problem.operator(), new double[problem.operator().measurements()], 2, 0, problem.shape());
            Workspace workspace = new Workspace();
            S state = solver.start(empty, start(empty), workspace);
            double first = state.loss();
            for (int i = 0; i < 20; i++) {
                state = solver.step(empty, state, workspace);
                assertThat(state.loss()).isLessThanOrEqualTo(first);
            }
        }
    }
}
