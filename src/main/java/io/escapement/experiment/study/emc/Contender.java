package io.escapement.experiment.study.emc;

import io.escapement.problem.FactoredProblem;
import io.escapement.solve.ExactStep;
import io.escapement.solve.GradientDescent;
import io.escapement.solve.Solver;
import io.escapement.solve.completion.BurerMonteiro;
import io.escapement.solve.completion.Gnmr;
import io.escapement.solve.completion.LinRfm;
import io.escapement.solve.completion.Sdp;
import io.escapement.solve.lift.Lift;
import java.util.List;

/**
 * A method of [EMC] figure 2, or ours.
 *
 * @param escapes whether it leaves where it rests, by {@code auto}
 * @param weighs whether it solves ε-MC; otherwise completion from the seen entries alone
 * @param iterations that it may take
 */
record Contender(
        String name, Solver<? super FactoredProblem, ?> solver, boolean escapes, boolean weighs, long iterations) {

    static final Contender BM = new Contender(
            "BM", new BurerMonteiro(BurerMonteiro.PAPER), false, false, 10_000);

    static final Contender LIFTED = new Contender(
            "lifted, l = 3", Lift.of(Emc.ORDER, new ExactStep()), false, true, 5_000);

    static final Contender OURS =
            new Contender("ours", new GradientDescent(new ExactStep()), true, true, 20_000);

    static final List<Contender> ALL = List.of(
            BM,
            new Contender("SDP", new Sdp(), false, false, 5_000),
            new Contender("GNMR", Gnmr.of(-1), false, false, 500),
            new Contender("Lin-RFM", LinRfm.of(0.5), false, false, 2_000),
            LIFTED,
            OURS);
}
