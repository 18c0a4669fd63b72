package io.escapement.experiment.study.emc;

import io.escapement.problem.FactoredProblem;
import io.escapement.solve.ExactStep;
import io.escapement.solve.Lbfgs;
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

    static final Contender BM = new Contender("BM", new BurerMonteiro(BurerMonteiro.PAPER), false, false, 10_000);

    static final Contender LIFTED =
            new Contender("lifted, l = 3", Lift.of(Emc.ORDER, new ExactStep()), false, true, 5_000);

    /**
     * L-BFGS, for gradient descent crawls: where few entries are seen some descents run into valleys that lead to infinity, and it takes
     * more than 20,000 iterations to find that out. Of 46 trials on masks that determine the truth, at n = 6, 8 and 10, it finds 38
     * with {@code auto} and L-BFGS 46; L-BFGS without escapes 42.
     */
    static final Contender OURS = new Contender("ours", new Lbfgs(10, new ExactStep()), true, true, 20_000);

    static final List<Contender> ALL = List.of(
            BM,
            new Contender("SDP", new Sdp(), false, false, 5_000),
            new Contender("GNMR", Gnmr.of(-1), false, false, 500),
            new Contender("Lin-RFM", LinRfm.of(0.5), false, false, 2_000),
            LIFTED,
            OURS);
}
