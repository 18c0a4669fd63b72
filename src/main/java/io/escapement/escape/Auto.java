package io.escapement.escape;

import io.escapement.event.PointVerdict;
import io.escapement.event.Values;
import io.escapement.problem.CompositeProblem;
import io.escapement.problem.FactoredProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Chooses by what is known of the point, the cheapest certain gain first, and says in each candidate's detail why:
 *
 * <ol>
 *   <li>Negative curvature: one step that is sure to descend.
 *   <li>A finite jump along u_n q_rᵀ that is sure to descend, which exists where EFS &gt; 1 (mathematics.md, section 4.3).
 *   <li>A search: candidates that are higher at first and are descended from on trial.
 *   <li>Random starts, the last resort.
 * </ol>
 *
 * @param curvature for points of negative curvature, in order
 * @param jumps certain where they do not refuse
 * @param searches on trial
 * @param last resort
 * @param <P> the problems it works on
 */
public record Auto<P>(
        List<Escape<? super P>> curvature,
        List<Escape<? super P>> jumps,
        List<Escape<? super P>> searches,
        Escape<? super P> last)
        implements Escape<P> {

    /** Random starts for each trap. */
    private static final int RESTARTS = 10;

    public Auto {
        curvature = List.copyOf(curvature);
        jumps = List.copyOf(jumps);
        searches = List.copyOf(searches);
        Objects.requireNonNull(last, "last");
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
                List.of(OracleProbe.standard(), SodMulti.standard()),
                new Restart(RESTARTS, startScale, seed));
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
                new Restart(RESTARTS, startScale, seed));
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public Outcome from(P problem, Trap trap) {
        double mu = trap.judgement().figures().getOr(Values.HESSIAN_LAMBDA_MIN, Double.NaN);
        boolean saddle = trap.judgement().verdict() instanceof PointVerdict.StrictSaddle;
        boolean curved = saddle || mu < 0;
        List<Escape<P>> order = new ArrayList<>();
        if (curved) {
            String what = saddle ? "at a strict saddle" : "where the curvature is negative";
            curvature.forEach(escape -> order.add(explained(escape, what + " a small step descends")));
        }
        jumps.forEach(escape -> order.add(explained(
                escape, (saddle ? "after the small steps" : "at no strict saddle") + " a jump descends for certain")));
        searches.forEach(escape -> order.add(explained(escape, "where nothing descends for certain, trials may")));
        order.add(explained(last, "where nothing else led down, chance may"));
        return Escape.<P>inOrder(order).from(problem, trap);
    }

    private static <P> Escape<P> explained(Escape<? super P> escape, String why) {
        return new EscapeExplained<>(escape, "auto: " + why);
    }
}
