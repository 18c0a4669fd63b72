package io.escapement.experiment.study;

import io.escapement.escape.Auto;
import io.escapement.escape.Escape;
import io.escapement.escape.LeacCanonical;
import io.escapement.escape.LeacSimulated;
import io.escapement.escape.OracleProbe;
import io.escapement.escape.Perturb;
import io.escapement.escape.Race;
import io.escapement.escape.Restart;
import io.escapement.escape.SodMulti;
import io.escapement.escape.SodSingle;
import io.escapement.landscape.FactoredJudge;
import io.escapement.linalg.EigenSolver;
import io.escapement.problem.FactoredProblem;
import java.util.Optional;
import java.util.OptionalDouble;

/** An escape mechanism by its name on the command line, and how it is made for a run. */
record Mechanism(String name, Maker maker) {

    /** Starts for each trap: as many as the run's limits allow. */
    private static final int STARTS = 1_000_000;

    static final Mechanism NONE = new Mechanism("none", (problem, seed, scale) -> null);

    static final Mechanism PROBE = new Mechanism("oracle-probe", (problem, seed, scale) -> OracleProbe.standard());

    static final Mechanism AUTO = new Mechanism("auto", (problem, seed, scale) -> Auto.factored(scale, seed));

    static final Mechanism SOD_SINGLE = new Mechanism("sod-single", (problem, seed, scale) -> SodSingle.standard());

    static final Mechanism SOD_MULTI = new Mechanism("sod-multi", (problem, seed, scale) -> SodMulti.standard());

    static final Mechanism PERTURB = new Mechanism(
            "perturb",
            (problem, seed, scale) -> Perturb.standard(FactoredJudge.standard().stationaryBelow(problem), seed));

    static final Mechanism RESTART =
            new Mechanism("restart", (problem, seed, scale) -> new Restart(STARTS, scale, seed));

    static final Mechanism RACE =
            new Mechanism("race", (problem, seed, scale) -> Race.of(new Restart(STARTS, scale, seed)));

    static final Mechanism LEAC_EXACT =
            new Mechanism("leac-simulated:exact", (problem, seed, scale) -> LeacSimulated.exact());

    static final Mechanism LEAC_PAPER =
            new Mechanism("leac-simulated:paper", (problem, seed, scale) -> LeacSimulated.paper());

    static final Mechanism LEAC_CANONICAL =
            new Mechanism("leac-canonical", (problem, seed, scale) -> LeacCanonical.standard());

    /** [LEAC] 5.2: lifts where the simulated mechanism does not apply. */
    static final Mechanism SEMILIFT = new Mechanism(
            "leac-simulated:paper,leac-canonical",
            (problem, seed, scale) -> LeacSimulated.paper().orElse(LeacCanonical.standard()));

    /** Makes it for one run; null for none. */
    @FunctionalInterface
    interface Maker {
        Escape<? super FactoredProblem> make(FactoredProblem problem, long seed, double startScale);
    }

    /** @param smoothness L_s in place of the operator's own */
    static Mechanism leacPaper(double smoothness) {
        return new Mechanism(
                "leac-simulated:paper:" + smoothness,
                (problem, seed, scale) -> new LeacSimulated(
                        LeacSimulated.Rule.PAPER, OptionalDouble.of(smoothness), EigenSolver.standard()));
    }

    /**
     * @param startScale standard deviation of the entries of the run's start
     */
    Optional<Escape<? super FactoredProblem>> escape(FactoredProblem problem, long seed, double startScale) {
        return Optional.ofNullable(maker.make(problem, seed, startScale));
    }
}
