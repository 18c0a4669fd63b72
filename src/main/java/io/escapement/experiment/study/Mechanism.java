package io.escapement.experiment.study;

import io.escapement.escape.Escape;
import io.escapement.escape.LeacSimulated;
import io.escapement.escape.OracleProbe;
import io.escapement.linalg.EigenSolver;
import io.escapement.problem.FactoredProblem;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An escape mechanism by its name on the command line.
 *
 * @param escape empty for none
 */
record Mechanism(String name, Optional<Escape<? super FactoredProblem>> escape) {

    static final Mechanism NONE = new Mechanism("none", Optional.empty());

    static final Mechanism PROBE = new Mechanism("oracle-probe", Optional.of(OracleProbe.standard()));

    static final Mechanism LEAC_EXACT = new Mechanism("leac-simulated:exact", Optional.of(LeacSimulated.exact()));

    static final Mechanism LEAC_PAPER = new Mechanism("leac-simulated:paper", Optional.of(LeacSimulated.paper()));

    /** @param smoothness L_s in place of the operator's own */
    static Mechanism leacPaper(double smoothness) {
        return new Mechanism(
                "leac-simulated:paper:" + smoothness,
                Optional.of(new LeacSimulated(
                        LeacSimulated.Rule.PAPER, OptionalDouble.of(smoothness), EigenSolver.standard())));
    }
}
