package io.escapement.sensing.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.escape.Escape.Moved;
import io.escapement.escape.Escape.Trap;
import io.escapement.escape.OracleProbe;
import io.escapement.landscape.FactoredJudge;
import io.escapement.problem.Descent;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import org.junit.jupiter.api.Test;

class NetworkEscapeTest {

    /** Voltages and flows at one end of each branch: about a third of the starts end elsewhere, and the probe repairs them. */
    @Test
    void probesBringTrappedStartsToTheState() {
        Instance<FactoredProblem> instance =
                NetworkProblem.of(Ieee14.network(), Meter.parse("V,PF,QF"), 0).instance(Seeds.generator(1));
        FactoredProblem problem = instance.problem();
        GroundTruth truth = instance.truth().orElseThrow();
        int trapped = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Evaluation at = Descent.to(problem, InitialPoint.gaussian(problem, 1, Seeds.generator(seed)));
            trapped += truth.distance(at.x()) > 0.01 * truth.norm() ? 1 : 0;
            for (int escape = 0; escape < 10 && at.loss() > 1e-12 * problem.lossAtZero(); escape++) {
                at = probed(problem, at);
            }
            assertThat(truth.distance(at.x())).as("seed %d", seed).isLessThan(1e-3 * truth.norm());
        }
        assertThat(trapped).isPositive();
    }

    /** The first descent from a candidate that ends lower, or the point itself. */
    private static Evaluation probed(FactoredProblem problem, Evaluation at) {
        Trap trap = new Trap(at.x(), at.loss(), FactoredJudge.standard().judge(problem, at.x()));
        if (OracleProbe.standard().from(problem, trap) instanceof Moved moved) {
            while (moved.candidates().hasNext()) {
                Evaluation end = Descent.to(problem, moved.candidates().next().x());
                if (end.loss() < at.loss() * (1 - 1e-6)) {
                    return end;
                }
            }
        }
        return at;
    }
}
