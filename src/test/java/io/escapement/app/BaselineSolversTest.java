package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.Seeds;
import io.escapement.solve.Adam;
import io.escapement.solve.ExactStep;
import io.escapement.solve.HeavyBall;
import io.escapement.solve.Nesterov;
import io.escapement.solve.PolyakStep;
import io.escapement.solve.Solver;
import io.escapement.solve.precondition.Opsa;
import io.escapement.solve.precondition.PreconditionedDescent;
import io.escapement.solve.precondition.ScaledGradientDescent;
import org.junit.jupiter.api.Test;

class BaselineSolversTest {

    private static final FactoredProblem SQUARE = GaussianSensing.of(FactorShape.psd(5), 1, 20)
            .instance(Seeds.generator(1))
            .problem();
    private static final FactoredProblem PAIR = GaussianSensing.of(FactorShape.asymmetric(5, 4), 1, 20)
            .instance(Seeds.generator(1))
            .problem();

    private static Solver<?, ?> solver(String name, String step, FactoredProblem problem) {
        RunOptions options = RunOptions.standard();
        options.solver = name;
        options.step = step == null ? SolverChoice.usualStep(name) : step;
        return SolverChoice.of(options, problem, 1e-6);
    }

    @Test
    void namesCarryTheirNumber() {
        assertThat(solver("momentum", null, SQUARE)).isEqualTo(new HeavyBall(0.9, new ExactStep()));
        assertThat(solver("momentum:0.5", null, SQUARE)).isEqualTo(new HeavyBall(0.5, new ExactStep()));
        assertThat(solver("nesterov", null, SQUARE)).isEqualTo(new Nesterov(new ExactStep(), false));
        assertThat(solver("nesterov:restart", null, SQUARE)).isEqualTo(new Nesterov(new ExactStep(), true));
        assertThat(solver("adam", null, SQUARE)).isEqualTo(new Adam(1e-3));
        assertThat(solver("adam:0.02", null, SQUARE)).isEqualTo(new Adam(0.02));
        assertThat(solver("scaled-gd:0.1", null, SQUARE)).isEqualTo(new ScaledGradientDescent(new ExactStep(), 0.1));
        assertThat(solver("prec-gd:2", null, PAIR)).isEqualTo(new PreconditionedDescent(new ExactStep(), 2));
        assertThat(solver("opsa", null, PAIR)).isEqualTo(new Opsa(PolyakStep.toInfimum(), 1e-8));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> solver("momentum:1", null, SQUARE)).hasMessageContaining("0 to below 1");
        assertThatThrownBy(() -> solver("momentum:0.5:3", null, SQUARE)).hasMessageContaining("at most one number");
        assertThatThrownBy(() -> solver("nesterov:often", null, SQUARE)).hasMessageContaining("nesterov:restart");
        assertThatThrownBy(() -> solver("adam", "exact", SQUARE)).hasMessageContaining("adam:LR");
        assertThatThrownBy(() -> solver("scaled-gd:-1", null, SQUARE)).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> solver("prec-gd:0", null, SQUARE)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> solver("opsa", null, SQUARE)).hasMessageContaining("opsa is for asymmetric");
        assertThatThrownBy(() -> solver("opsa", "exact", PAIR)).hasMessageContaining("opsa takes polyak");
        assertThatThrownBy(() -> BaselineSolvers.general("prec-gd", new ExactStep()))
                .hasMessageContaining("is for matrices");
        assertThatThrownBy(() -> solver("gradient", null, SQUARE))
                .hasMessageContaining("momentum")
                .hasMessageContaining("prec-gd");
    }
}
