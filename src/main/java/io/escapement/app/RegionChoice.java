package io.escapement.app;

import io.escapement.landscape.ImplicitRegion;
import io.escapement.landscape.RankRegion;
import io.escapement.landscape.SupportRegion;
import io.escapement.linalg.LanczosQuadrature;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GroundTruth;
import io.escapement.run.RegionGauge;
import io.escapement.sensing.Instance;
import java.util.List;

/**
 * The implicit region of a run ({@code --implicit-region}): matrices of the truth's rank, or of a given one; vectors with the truth's
 * support. Looked at by default with the solvers of [IPGD] on factors of at most 2,000 entries, every 25th iteration, which about doubles
 * the time: a look takes 7 ms on a 20×20 factor and 600 measurements (40 Hessian products), as much as 28 steps.
 */
final class RegionChoice {

    private static final String OPTION = "--implicit-region";
    private static final int USUAL = 25;
    private static final int LARGEST_USUAL = 2000;

    private RegionChoice() {}

    /** Null where none is looked at. */
    static RegionGauge of(Instance<?> instance, RunOptions options) {
        boolean asked = options.implicitRegion != null;
        if (!asked && !SolverChoice.perturbed(options.solver)) {
            return null;
        }
        List<String> words = asked ? List.of(options.implicitRegion.split(":", -1)) : List.of(Integer.toString(USUAL));
        int every = whole(options.implicitRegion, words.get(0), Integer.MAX_VALUE);
        if (every == 0) {
            return null;
        }
        if (!(instance.problem() instanceof FactoredProblem problem)) {
            return none(asked, "is for problems of matrices and vectors; leave it out");
        }
        if (!asked && problem.rows() * (long) problem.columns() > LARGEST_USUAL) {
            return null;
        }
        GroundTruth truth = instance.truth().orElse(null);
        if (truth == null && words.size() < 2) {
            return none(
                    asked, "is '" + options.implicitRegion + "'; without a known truth it needs a rank, EVERY:RANK");
        }
        boolean vector = problem.shape().imageColumns() == 1 && problem.shape().imageRows() > 1;
        if (words.size() > 2 || (vector && words.size() > 1)) {
            throw new InvalidOption(
                    OPTION,
                    "is '" + options.implicitRegion + "'; EVERY" + (vector ? "" : "[:RANK]") + " is the form here");
        }
        if (vector) {
            return gauge(problem, new SupportRegion(truth.factor()), every);
        }
        int rank = words.size() < 2
                ? truth.factor().numCols
                : whole(options.implicitRegion, words.get(1), problem.columns());
        if (rank >= problem.columns()) {
            return none(
                    asked,
                    "has the rank " + rank + ", and so has the factor that is searched for; only a larger --rank leaves"
                            + " anything outside the region");
        }
        return gauge(problem, new RankRegion(rank), every);
    }

    private static RegionGauge gauge(FactoredProblem problem, ImplicitRegion region, int every) {
        return new RegionGauge(problem, region, every, LanczosQuadrature.standard());
    }

    private static RegionGauge none(boolean asked, String why) {
        if (asked) {
            throw new InvalidOption(OPTION, why);
        }
        return null;
    }

    private static int whole(String value, String word, int most) {
        double number = Check.number(OPTION, value, word);
        Check.between(OPTION, number, 0, most);
        if (number != Math.rint(number)) {
            throw new InvalidOption(OPTION, "is '" + value + "'; '" + word + "' is not a whole number");
        }
        return (int) number;
    }
}
