package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Eigenpair;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import io.escapement.problem.GroundTruth;
import io.escapement.problem.Hessian;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class NetworkProblemTest {

    private static final Set<Meter> METERS = Meter.parse("V,P,Q");

    private static Instance<FactoredProblem> instance(String meters, double noise) {
        return NetworkProblem.of(Ieee14.network(), Meter.parse(meters), noise).instance(Seeds.generator(1));
    }

    @Test
    void tellsWhatItIs() {
        Instance<FactoredProblem> instance = instance("V,P,Q,flows", 0.01);
        assertThat(instance.name()).isEqualTo("network");
        assertThat(instance.description())
                .isEqualTo(
                        "state of the power network ieee14, 14 buses, 122 readings of V,P,Q,PF,QF,PT,QT, noise 0.01, rank 1");
        assertThat(instance.figures())
                .containsEntry("buses", 14.0)
                .containsEntry("branches", 20.0)
                .containsEntry("measurements", 122.0)
                .containsKey("powerMismatch");
        assertThat(instance.problem().rows()).isEqualTo(28);
    }

    @Test
    void theTruthIsAZeroOfTheLossAndItsCircleIsFlat() {
        Instance<FactoredProblem> instance = instance("V,P,Q", 0);
        FactoredProblem problem = instance.problem();
        GroundTruth truth = instance.truth().orElseThrow();
        for (double theta : new double[] {0, 1, 4}) {
            Evaluation at = problem.evaluate(VoltageTruthTest.turned(truth.factor(), theta));
            assertThat(at.loss()).isLessThan(1e-25 * problem.lossAtZero());
            List<Eigenpair> bend =
                    EigenSolver.standard().smallest(new Hessian(problem, at), 2).pairs();
            assertThat(bend.get(0).value()).as("along the circle").isCloseTo(0, within(1e-10));
            assertThat(bend.get(1).value()).as("across it").isGreaterThan(1e-6);
        }
        assertThat(instance("V,P,Q", 0.1).problem().evaluate(truth.factor()).loss())
                .isGreaterThan(1e-3);
    }

    @Test
    void eigenvaluesOfTheGradientMatrixComeInPairs() {
        FactoredProblem problem = instance("V,P,Q", 0.1).problem();
        Evaluation at = problem.evaluate(InitialPoint.gaussian(problem, 1, Seeds.generator(3)));
        List<Eigenpair> pairs = EigenSolver.standard()
                .smallest(GradientMatrix.at(problem, at), 28)
                .pairs();
        for (int i = 0; i < 28; i += 2) {
            assertThat(pairs.get(i + 1).value()).isCloseTo(pairs.get(i).value(), within(1e-9));
        }
        assertThat(pairs.get(27).value()).isGreaterThan(pairs.get(0).value() + 0.1);
    }

    /** With line flows, descent finds the state from almost every start; no two of the ends need have the same phase. */
    @Test
    void descentFindsTheStateUpToItsPhase() {
        Instance<FactoredProblem> instance = instance("V,P,Q,flows", 0);
        GroundTruth truth = instance.truth().orElseThrow();
        for (long seed = 1; seed <= 5; seed++) {
            DMatrixRMaj start = InitialPoint.gaussian(instance.problem(), 1, Seeds.generator(seed));
            Evaluation end = Descent.to(instance.problem(), start);
            assertThat(truth.distance(end.x())).as("seed %d", seed).isLessThan(1e-3 * truth.norm());
        }
    }

    @Test
    void namesWhatDoesNotFit() {
        PowerNetwork network = Ieee14.network();
        assertThatThrownBy(() -> NetworkProblem.of(network, Set.of(), 0)).hasMessageContaining("meters is empty");
        assertThatThrownBy(() -> NetworkProblem.of(network, METERS, -1)).hasMessageContaining("noise is -1.0");
        assertThatThrownBy(() -> NetworkProblem.of(network, METERS, Double.NaN)).hasMessageContaining("noise is NaN");
        assertThatThrownBy(() -> new NetworkProblem(network, METERS, 0, 29, true))
                .hasMessage("rank is 29; 1 to 28 is possible");
        assertThatThrownBy(() -> new PowerNetwork("one", network.buses().subList(0, 1), List.of()))
                .hasMessageContaining("is 1; at least 2");
        assertThatThrownBy(() -> new PowerNetwork(
                        "apart", network.buses(), network.branches().subList(0, 13)))
                .hasMessageStartingWith("bus 8 is not connected to bus 1");
    }
}
