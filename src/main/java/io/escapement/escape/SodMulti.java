package io.escapement.escape;

import io.escapement.escape.lifted.Dictionary;
import io.escapement.escape.lifted.LiftedDescent;
import io.escapement.escape.lifted.LiftedSubspace;
import io.escapement.escape.lifted.Term;
import io.escapement.event.Figures;
import io.escapement.event.Values;
import io.escapement.landscape.LiftOrder;
import io.escapement.linalg.EigenSolver;
import io.escapement.linalg.Workspace;
import io.escapement.problem.Evaluation;
import io.escapement.problem.FactoredProblem;
import io.escapement.problem.GradientMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Multi-step simulated oracle direction ([SOD] module 4; mathematics.md, section 4.4): the trap is lifted to order l, projected
 * gradient descent runs in the span of a few lifted directions ({@link LiftedDescent}), and the direction that dominates where it
 * ends takes the place of the weakest component, X̌ = X̂_{−φ} + s·d q_φᵀ ({@link Replacement}), even where that raises the loss.
 *
 * <p>The b-term dominates: {@code beta-type}. The c-term: {@code gamma-type}. The a-term: the lifted trajectory stays at the trap,
 * and in the paper there is no escape. Beyond it: projected descent may rest at the a-term although the pure term of another
 * direction is lower. For each order alike, that is so where the direction put in place has a loss below the trap's, and then it
 * is a candidate.
 *
 * <p>Order: the odd numbers from 3 to 11, and on to the order that [EMC] theorem 3.1 promises for the measured λ_n
 * ({@link LiftOrder}) where that is higher, until the a-term is left; or one given order.
 *
 * <p>Candidates, per component: the dominant direction, then the other directions by their coefficients; where the a-term
 * stays, by their loss.
 *
 * <p>r &gt; 1: the component is lifted, with the rest of X̂ held, and not vec(X̂) whole. Lifting all of X̂ would let b and c win only
 * by explaining alone what r components explain. For r = 1 there is no difference. Components are tried weakest first; of
 * several empty ones, one. An empty component has no a-term: then the data pull on what there is. Asymmetric factors: the same
 * on Z = [X; Y]. A repeated eigenvalue: u_n is what {@link EigenSolver} finds, the same each time.
 *
 * @param order l, or empty for the search above
 * @param leading eigenvectors of 𝒜*(b) in the dictionary
 * @param eigen how eigenvectors are computed
 */
public record SodMulti(OptionalInt order, int leading, EigenSolver eigen) implements Escape<FactoredProblem> {

    private static final int LOWEST = 3;

    /** The highest order tried where the theorem promises none. */
    private static final int HIGHEST = 11;

    /** Powers of a higher order are of no use in double precision. */
    private static final int LIMIT = 99;

    /** Steps of one lifted descent. */
    private static final int CAP = 300;

    /** A decrease below this fraction of the loss is rounding. */
    private static final double ROUNDING = 1e-12;

    /** Coefficients below this fraction of the largest are rounding, and do not order candidates. */
    private static final double NOTHING = 1e-6;

    public SodMulti {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(eigen, "eigen");
        if (order.isPresent() && (order.getAsInt() < 1 || order.getAsInt() % 2 == 0 || order.getAsInt() > LIMIT)) {
            throw new IllegalArgumentException(
                    "order is " + order.getAsInt() + "; an odd number from 1 to " + LIMIT + " is needed");
        }
        if (leading < 0) {
            throw new IllegalArgumentException("leading is " + leading + "; at least 0 is needed");
        }
    }

    /** Searches the order, with four eigenvectors of the data. */
    public static SodMulti standard() {
        return new SodMulti(OptionalInt.empty(), 4, EigenSolver.standard().withTolerance(1e-8));
    }

    public SodMulti withOrder(int l) {
        return new SodMulti(OptionalInt.of(l), leading, eigen);
    }

    /** Another number of eigenvectors of the data; 0 leaves the dictionary of [SOD]. */
    public SodMulti withLeading(int count) {
        return new SodMulti(order, count, eigen);
    }

    @Override
    public String name() {
        return "sod-multi";
    }

    @Override
    public Outcome from(FactoredProblem problem, Trap trap) {
        return SodPoint.of(problem, trap, eigen, 1, point -> {
            Candidates candidates = new Candidates(point);
            return candidates.hasNext() ? new Moved(candidates) : new Refused(candidates.why, candidates.firstTrace);
        });
    }

    private final class Candidates implements Iterator<Candidate> {

        private final SodPoint point;
        private final Workspace workspace = new Workspace();
        private int component;
        private Iterator<Candidate> current = List.<Candidate>of().iterator();
        private String why;
        private List<Values> firstTrace = List.of();

        Candidates(SodPoint point) {
            this.point = point;
            this.component = point.weakest();
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && component >= 0) {
                current = lifted();
                component = point.stronger(component);
            }
            return current.hasNext();
        }

        @Override
        public Candidate next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all candidates were taken");
            }
            return current.next();
        }

        /** What lifting the current component leads to. */
        private Iterator<Candidate> lifted() {
            FactoredProblem problem = point.problem();
            Evaluation rest = problem.evaluate(point.svd().without(component));
            boolean empty = point.empty(component);
            Dictionary dictionary = Dictionary.of(
                    empty ? null : point.svd().left(component),
                    point.lowest().first().vector(),
                    GradientMatrix.at(problem, rest).negated().until(point.stop()),
                    leading,
                    eigen);
            Optional<LiftedSubspace> found = LiftedSubspace.of(problem, rest, dictionary.directions());
            if (found.isEmpty()) {
                return none(
                        "without component " + (component + 1)
                                + " there is nothing left to explain, or nothing that the" + " measurements see",
                        List.of());
            }
            LiftedSubspace subspace = found.get();
            double trap = empty ? 0 : point.svd().sigma(component) / subspace.unit();
            int last = order.orElseGet(this::highest);
            int l = order.orElse(LOWEST);
            LiftedDescent descent = LiftedDescent.of(subspace, dictionary, trap, l, CAP);
            while (descent.dominant() == Term.A && l + 2 <= last) {
                l += 2;
                descent = LiftedDescent.of(subspace, dictionary, trap, l, CAP);
            }
            List<Candidate> candidates = candidates(dictionary, descent, rest);
            if (!candidates.isEmpty()) {
                return candidates.iterator();
            }
            String terms = "a-term " + Figures.of(descent.terms()[0]) + ", b-term " + Figures.of(descent.terms()[1])
                    + ", c-term " + Figures.of(descent.terms()[2]);
            return none(
                    (descent.dominant() == Term.A
                                    ? "the lifted trajectory stays on the a-term, and no other term alone is lower"
                                    : "no direction can take the place of the component")
                            + ": order " + l + ", " + terms + ", lifted loss " + Figures.of(descent.loss()) + ", "
                            + descent.ending() + "; λₘᵢₙ is " + Figures.of(lambda()) + ", σ "
                            + Figures.of(point.svd().sigma(component)) + " of component " + (component + 1),
                    descent.trace());
        }

        /** At least as high as [EMC] theorem 3.1 asks for, with −λ_n measured where it is bounded by the truth there (eq. 45). */
        private int highest() {
            double sigma = point.svd().sigma(component);
            double smoothness = point.problem().operator().constants().smoothness();
            OptionalInt promised = lambda() < 0
                    ? LiftOrder.of(smoothness * sigma * sigma / (-2 * lambda())).minimum()
                    : OptionalInt.empty();
            return Math.max(HIGHEST, Math.min(LIMIT, promised.orElse(LOWEST)));
        }

        private double lambda() {
            return point.lowest().first().value();
        }

        private Iterator<Candidate> none(String reason, List<Values> trace) {
            if (why == null) {
                why = reason;
                firstTrace = trace;
            }
            return List.<Candidate>of().iterator();
        }

        /** Where the a-term is left, every direction, on trial; where it is not, those that are lower than the trap. */
        private List<Candidate> candidates(Dictionary dictionary, LiftedDescent descent, Evaluation rest) {
            boolean left = descent.dominant() != Term.A;
            double below = point.at().loss() * (1 - ROUNDING);
            List<Candidate> candidates = new ArrayList<>();
            for (int index : ranked(dictionary, descent)) {
                DMatrixRMaj direction =
                        point.svd().inPlaceOf(component, dictionary.directions().get(index));
                Replacement.of(point.problem(), rest, direction, workspace)
                        .filter(put -> left || put.loss() < below)
                        .ifPresent(put -> candidates.add(candidate(dictionary, descent, index, put)));
            }
            if (!left) {
                candidates.sort(Comparator.comparingDouble(Candidate::loss));
            }
            if (!candidates.isEmpty()) {
                candidates.set(0, candidates.get(0).after(descent.trace()));
            }
            return candidates;
        }

        /** The directions other than the trap's: the dominant term's largest, then the rest by their coefficients. */
        private List<Integer> ranked(Dictionary dictionary, LiftedDescent descent) {
            double[] c = descent.coefficients();
            double largest = Arrays.stream(c).map(Math::abs).max().orElse(0);
            Comparator<Integer> byTerm =
                    Comparator.comparing(i -> dictionary.terms().get(i) != descent.dominant());
            Comparator<Integer> byWeight =
                    Comparator.comparingDouble(i -> Math.abs(c[i]) > NOTHING * largest ? -Math.abs(c[i]) : 0);
            List<Integer> ranked = new ArrayList<>(IntStream.range(0, c.length)
                    .filter(i -> dictionary.terms().get(i) != Term.A)
                    .boxed()
                    .sorted(byTerm.thenComparing(byWeight))
                    .toList());
            int dominant = ranked.remove(0);
            ranked.sort(byWeight);
            ranked.add(0, dominant);
            return ranked;
        }

        private Candidate candidate(Dictionary dictionary, LiftedDescent descent, int index, Replacement put) {
            String type = dictionary.terms().get(index) == Term.B ? "beta-type" : "gamma-type";
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(Values.LAMBDA_MIN, lambda());
            if (point.lowest().multiplicity() > 1) {
                figures.put("multiplicity", (double) point.lowest().multiplicity());
            }
            figures.put("component", component + 1.0);
            figures.put("sigma", point.svd().sigma(component));
            figures.put("direction", index + 1.0);
            figures.put("liftOrder", (double) descent.order());
            figures.put("liftedLoss", descent.loss());
            figures.put("aTerm", descent.terms()[0]);
            figures.put("bTerm", descent.terms()[1]);
            figures.put("cTerm", descent.terms()[2]);
            figures.put("s", put.s());
            figures.put("lossBefore", point.at().loss());
            figures.put("lossAfter", put.loss());
            String because = descent.dominant() == Term.A
                    ? ", whose term alone is lower than the a-term, on which the lifted trajectory stays at order "
                    : ", by the " + (descent.dominant() == Term.B ? "b" : "c") + "-term at order ";
            String detail = "put direction " + (index + 1) + " of " + dictionary.size() + " in place of component "
                    + (component + 1) + " of " + point.svd().rank() + because + descent.order() + " ("
                    + descent.ending() + " after " + (descent.trace().size() - 1) + " steps)";
            return new Candidate(name(), put.x(), put.loss(), Values.of(figures), detail).ofType(type);
        }
    }
}
