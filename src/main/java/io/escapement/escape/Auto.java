package io.escapement.escape;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses by what is known of the point, the cheapest certain gain first, and says in each candidate's detail why:
 *
 * <ol>
 *   <li>Negative curvature: one step that is sure to descend. Not at a local minimum, where μ is 0 but for rounding: with two
 *       columns or more every point has directions that only rotate them.
 *   <li>A finite jump along u_n q_rᵀ that is sure to descend, which exists where EFS &gt; 1 (mathematics.md, section 4.3).
 *   <li>A search: candidates that are higher at first and are descended from on trial. A long one, with random starts,
 *       only from what is known to be a trap: a point that is undecided, as every good one is with noise, is
 *       not worth a hundred descents. It begins with those of {@link OracleProbe} that are not much higher than the trap, which
 *       where the measurements have structure lead out at once; then random starts {@link Race}; then all of the probe's.
 * </ol>
 *
 * @param curvature for points of negative curvature, in order
 * @param jumps certain where they do not refuse
 * @param brief searches from a point that may be the best there is
 * @param thorough searches from a trap
 * @param <P> the problems it works on
 */
public record Auto<P>(
        List<Escape<? super P>> curvature,
        List<Escape<? super P>> jumps,
        List<Escape<? super P>> brief,
        List<Escape<? super P>> thorough)
        implements Escape<P> {

    /** Random starts for each trap. */
    private static final int RESTARTS = 50;

    /** Random starts for each trap that race. */
    private static final int RACERS = 300;

    /** Eigenvectors that are put in first, and how much higher than the trap they may be (package-info). */
    private static final int FEW = 1;

    private static final double NEAR = 10;

    public Auto {
        curvature = List.copyOf(curvature);
        jumps = List.copyOf(jumps);
        brief = List.copyOf(brief);
        thorough = List.copyOf(thorough);
    }

    /**
     * For factored problems.
     *
     * @param startScale of random starts
     * @param seed of the run
     */
    public static Auto<FactoredProblem> factored(double startScale, long seed) {
        return new Auto<>(
                List.of(NegativeCurvature.standard()),
                List.of(SodSingle.standard()),
                List.of(OracleProbe.standard()
                        .withDirections(OracleProbe.standard().directions())),
                List.of(
                        OracleProbe.standard().withDirections(FEW).within(NEAR),
                        Race.of(new Restart(RACERS, startScale, seed)),
                        OracleProbe.standard(),
                        SodMulti.standard()));
    }

    /**
     * For problems of which only value, gradient and Hessian products are known.
     *
     * @param gradientBound ε, at which the run rests
     * @param startScale of random starts
     * @param seed of the run
     */
    public static Auto<CompositeProblem> general(double gradientBound, double startScale, long seed) {
        return new Auto<>(
                List.of(NegativeCurvature.standard(), Perturb.standard(gradientBound, seed)),
                List.of(),
                List.of(),
                List.of(new Restart(RESTARTS, startScale, seed)));
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public Outcome from(P problem, Trap at) {
        double mu = at.judgement().figures().getOr(Values.HESSIAN_LAMBDA_MIN, Double.NaN);
        boolean saddle = at.judgement().verdict() instanceof PointVerdict.StrictSaddle;
        boolean minimum = at.judgement().verdict() instanceof PointVerdict.SpuriousMinimum;
        boolean curved = saddle || (mu < 0 && !minimum);
        List<Escape<P>> order = new ArrayList<>();
        if (curved) {
            String what = saddle ? "at a strict saddle" : "where the curvature is negative";
            curvature.forEach(escape -> order.add(explained(escape, what + " a small step descends")));
        }
        jumps.forEach(escape -> order.add(explained(
                escape, (saddle ? "after the small steps" : "at no strict saddle") + " a jump descends for certain")));
        boolean trap = at.judgement().verdict().trap();
        (trap ? thorough : brief)
                .forEach(escape -> order.add(explained(escape, "where nothing descends for certain, trials may")));
        if (order.isEmpty()) {
            return new Refused("nothing descends for certain, and this is not known to be a trap: "
                    + at.judgement().verdict().sentence());
        }
        return Escape.<P>inOrder(order).from(problem, at);
    }

    private static <P> Escape<P> explained(Escape<? super P> escape, String why) {
        return new EscapeExplained<>(escape, "auto: " + why);
    }
}
