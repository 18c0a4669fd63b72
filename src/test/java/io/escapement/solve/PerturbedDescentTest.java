package io.escapement.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.Frobenius;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactorShape;
import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.GaussianSensing;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The algorithms of [IPGD] line by line. */
class PerturbedDescentTest {

    private static final long SEED = 5;
    private static final double ETA = 0.1;
    private static final double G = 1e-6;
    private static final double F = 1e-9;

    private static final Instance<FactoredProblem> SENSING =
            GaussianSensing.of(FactorShape.psd(6), 2, 60).instance(Seeds.generator(SEED));

    private static List<PerturbedDescent.State> run(PerturbedDescent solver, DMatrixRMaj x0, int most) {
        List<PerturbedDescent.State> states = new ArrayList<>();
        Workspace workspace = new Workspace();
        PerturbedDescent.State state = solver.start(SENSING.problem(), x0, workspace);
        states.add(state);
        while (states.size() < most && state.ended().isEmpty()) {
            state = solver.step(SENSING.problem(), state, workspace);
            states.add(state);
        }
        return states;
    }

    private static PerturbedDescent.State last(List<PerturbedDescent.State> states) {
        return states.get(states.size() - 1);
    }

    @Test
    void fromZeroItIsPerturbedAtOnceAndEndsAtTheTruth() {
        Perturbation rule = Perturbation.of(1e-15, G, F, 800);
        List<PerturbedDescent.State> states =
                run(PerturbedDescent.ipgd(new FixedStep(ETA), rule, SEED), new DMatrixRMaj(6, 2), 20_000);
        PerturbedDescent.State perturbed = states.get(1);
        assertThat(perturbed.stepSize()).isZero();
        assertThat(perturbed.perturbations()).isEqualTo(1);
        assertThat(Frobenius.norm(perturbed.x())).isBetween(1e-16, 1e-15);
        assertThat(perturbed.sinceNoise()).isZero();
        assertThat(last(states).ended())
                .hasValueSatisfying(why -> assertThat(why).contains("did not lower the loss"));
        assertThat(last(states).gradientNorm()).as("seed %d", SEED).isLessThanOrEqualTo(G);
        assertThat(SENSING.truth().orElseThrow().distance(last(states).x())).isLessThan(1e-5);
    }

    /** A loop written from the paper, with the solver's own draws. */
    @Test
    void itIsAlgorithmOne() {
        long escapeTime = 40;
        Perturbation rule = Perturbation.of(1e-3, 1e-2, F, escapeTime);
        PerturbedDescent solver = PerturbedDescent.pgd(new FixedStep(ETA), rule, SEED);
        List<PerturbedDescent.State> states = run(solver, new DMatrixRMaj(6, 2), 20_000);
        FactoredProblem problem = SENSING.problem();
        DMatrixRMaj x = new DMatrixRMaj(6, 2);
        DMatrixRMaj z = null;
        long noise = -escapeTime - 1;
        int draws = 0;
        for (long t = 0; ; t++) {
            if (problem.evaluate(x).gradientNorm() <= rule.gradient() && t - noise > escapeTime) {
                z = x;
                x = perturbed(states, ++draws);
                noise = t;
            }
            if (t - noise == escapeTime
                    && problem.evaluate(x).loss() - problem.evaluate(z).loss() >= -F) {
                break;
            }
            Evaluation at = problem.evaluate(x);
            DMatrixRMaj next = new DMatrixRMaj(6, 2);
            Frobenius.add(x, -ETA, at.gradient(), next);
            x = next;
        }
        DMatrixRMaj difference = new DMatrixRMaj(6, 2);
        Frobenius.add(z, -1, last(states).x(), difference);
        assertThat(draws).isEqualTo(last(states).perturbations()).isGreaterThan(1);
        assertThat(Frobenius.norm(difference)).isLessThan(1e-10);
    }

    private static DMatrixRMaj perturbed(List<PerturbedDescent.State> states, int number) {
        return states.stream()
                .filter(state -> state.perturbations() == number)
                .findFirst()
                .orElseThrow()
                .x();
    }

    @Test
    void withoutADropItReturnsThePointBefore() {
        Perturbation rule = Perturbation.of(1e-15, G, F, 5);
        List<PerturbedDescent.State> states =
                run(PerturbedDescent.ipgd(new FixedStep(ETA), rule, SEED), new DMatrixRMaj(6, 2), 100);
        assertThat(states).as("start, perturbation, T_escape steps, return").hasSize(1 + 1 + 5 + 1);
        assertThat(Frobenius.norm(last(states).x())).isZero();
        PerturbedDescent.State end = last(states);
        PerturbedDescent again = PerturbedDescent.ipgd(new FixedStep(ETA), rule, SEED);
        assertThat(again.step(SENSING.problem(), end, new Workspace())).isSameAs(end);
    }

    @Test
    void thePlusGoesOnWithPlainSteps() {
        Perturbation rule = Perturbation.of(1e-3, 1e-1, 1e-3, 60);
        List<PerturbedDescent.State> plain =
                run(PerturbedDescent.ipgd(new FixedStep(ETA), rule, SEED), new DMatrixRMaj(6, 2), 20_000);
        List<PerturbedDescent.State> plus =
                run(PerturbedDescent.ipgdPlus(new FixedStep(ETA), rule, 30, SEED), new DMatrixRMaj(6, 2), 20_000);
        assertThat(plus).hasSize(plain.size() + 30);
        assertThat(plus.get(plain.size() - 1).x().data).isEqualTo(last(plain).x().data);
        assertThat(last(plus).gradientNorm()).isLessThan(0.1 * last(plain).gradientNorm());
        assertThat(last(plus).perturbations()).isEqualTo(last(plain).perturbations());
    }

    @Test
    void withoutARadiusItIsPgds() {
        Perturbation rule = new Perturbation(OptionalDouble.empty(), 1e-2, OptionalDouble.empty(), 10);
        PerturbedDescent.State perturbed = run(
                        PerturbedDescent.pgd(new FixedStep(ETA), rule, SEED), new DMatrixRMaj(6, 2), 2)
                .get(1);
        // L at 0 is 2‖𝒜*(b)‖₂, near 2: the truth's largest singular value is 1.
        assertThat(Frobenius.norm(perturbed.x())).isBetween(1e-3, 1e-2);
        assertThat(perturbed.drop()).isCloseTo(1e-10 * SENSING.problem().lossAtZero(), within(1e-20));
    }

    @Test
    void theSeedDecidesTheDraws() {
        Perturbation rule = Perturbation.of(1e-3, G, F, 10);
        DMatrixRMaj zero = new DMatrixRMaj(6, 2);
        double[] first = run(PerturbedDescent.pgd(new FixedStep(ETA), rule, 1), zero, 2)
                .get(1)
                .x()
                .data;
        double[] same = run(PerturbedDescent.pgd(new FixedStep(ETA), rule, 1), zero, 2)
                .get(1)
                .x()
                .data;
        double[] other = run(PerturbedDescent.pgd(new FixedStep(ETA), rule, 2), zero, 2)
                .get(1)
                .x()
                .data;
        assertThat(first).isEqualTo(same).isNotEqualTo(other);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> Perturbation.of(0, G, F, 1)).hasMessageContaining("radius is 0.0");
        assertThatThrownBy(() -> Perturbation.of(1, G, F, 0)).hasMessageContaining("escapeTime is 0");
        assertThatThrownBy(() -> PerturbedDescent.ipgdPlus(new FixedStep(1), Perturbation.of(1, G, F, 1), -1, 1))
                .hasMessageContaining("localSteps is -1");
    }
}
