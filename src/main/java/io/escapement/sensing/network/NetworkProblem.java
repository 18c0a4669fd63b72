package io.escapement.sensing.network;

import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.Instance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * State estimation of a power network: the bus voltages from meters, X = [Re v; Im v], 2N×r. The truth is the network's
 * given state, whether or not it solves the power flow, so b is consistent but for the noise.
 *
 * <p>Common phase: at every X the gradient matrix commutes with J: [e; f] ↦ [−f; e], so its eigenvalues come in equal pairs
 * u, Ju, and the Hessian has a zero along JX. At the truth without noise G = 0 and λₘᵢₙ(G) = 0: the certificate holds at
 * every point of the circle e^{jθ}z, and is about the loss, not about which of them it is.
 *
 * @param meters what is measured; not empty
 * @param noise standard deviation of each meter, in per unit (of |v|² for voltages), before rows are scaled
 * @param rank r of the factor that is searched for; the truth has rank 1
 * @param unitRows whether each row is scaled to ‖A_k‖_F = 1
 */
public record NetworkProblem(PowerNetwork network, Set<Meter> meters, double noise, int rank, boolean unitRows) {

    public NetworkProblem {
        Objects.requireNonNull(network, "network");
        meters = Set.copyOf(meters);
        if (meters.isEmpty()) {
            throw new IllegalArgumentException("meters is empty; at least one is needed");
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise is " + noise + "; a finite number of at least 0 is needed");
        }
        int most = 2 * network.buses().size();
        if (rank < 1 || rank > most) {
            throw new IllegalArgumentException("rank is " + rank + "; 1 to " + most + " is possible");
        }
    }

    /** Unit rows, rank 1. */
    public static NetworkProblem of(PowerNetwork network, Set<Meter> meters, double noise) {
        return new NetworkProblem(network, meters, noise, 1, true);
    }

    /** @param random draws the noise, and nothing if there is none */
    public Instance<FactoredProblem> instance(RandomGenerator random) {
        NetworkMeasurements measurements = NetworkMeasurements.of(network, meters, unitRows);
        DMatrixRMaj state = network.state();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("buses", (double) network.buses().size());
        figures.put("branches", (double) network.branches().size());
        figures.put("measurements", (double) measurements.operator().measurements());
        figures.put("powerMismatch", network.mismatch());
        figures.putAll(measurements.operator().constants().figures());
        return new Instance<>(
                "network",
                "state of the power network " + network.name() + ", "
                        + network.buses().size() + " buses, "
                        + measurements.operator().measurements() + " readings of " + Meter.text(meters)
                        + (noise > 0 ? ", noise " + noise : "") + (unitRows ? "" : ", rows not scaled") + ", rank "
                        + rank,
                new FactoredProblem(measurements.operator(), measurements.readings(noise, random), rank),
                Optional.of(new VoltageTruth(state)),
                figures);
    }
}
