package io.escapement.escape.lifted;

import io.escapement.event.Names;
import io.escapement.event.Values;
import io.escapement.problem.Quartic;
import java.util.ArrayList;
import java.util.List;

/**
 * Truncated projected gradient descent, TPGD ([SOD] module 4), in coefficients: c ← c − s·Gram⁺∇h^l(c) with the s that minimizes
 * h^l on the ray, which is a quartic. Starts at the trap, c_1 = ‖x‖^l, with a small b-term; without a trap component, at the small
 * b-term alone. Deterministic.
 *
 * <p>Small: a thousandth of the trap's own lifted measurement, so that directions that are seen much better or worse than the
 * trap start as small as others. A trap that is a minimum of h^l takes it back.
 *
 * <p>Ends where the a-term is below a millionth of the b-term or the c-term; at rest, where a step lowers h^l by less than
 * 1e−12; or after {@code cap} steps.
 *
 * @param order l
 * @param coefficients c at the end
 * @param terms ‖αa‖, ‖βb‖, ‖γc‖ at the end, in units of ‖x‖^l where there is a trap component
 * @param loss h^l at the end, in units of ‖b‖^{2l}
 * @param trace one row per step, {@code liftedLoss}, {@code aTerm}, {@code bTerm}, {@code cTerm}, {@code liftOrder}
 * @param ending why it ended, a few words
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
public record LiftedDescent(
        int order, double[] coefficients, double[] terms, double loss, List<Values> trace, String ending) {

    /** The b-term at the start, relative to the trap. */
    private static final double SMALL = 1e-3;

    /** The a-term has gone when it is below this fraction of another. */
    private static final double GONE = 1e-6;

    /** Of h^l, which is ½ at w = 0. */
    private static final double AT_REST = 1e-12;

    private static final Names ROW = Names.of("liftedLoss", "aTerm", "bTerm", "cTerm", "liftOrder");

    /**
     * @param trap ‖x‖ of the trap component in the subspace's units, which has to be the first direction; 0 where there is none
     */
    public static LiftedDescent of(LiftedSubspace subspace, Dictionary dictionary, double trap, int order, int cap) {
        LiftedObjective objective = new LiftedObjective(subspace, order);
        int first = dictionary.terms().get(0) == Term.A ? 1 : 0;
        double[] c = new double[objective.size()];
        double start = first == 1 ? Math.pow(trap, order) : 1;
        double seen = first == 1 ? start * start * objective.visibility(0) : 1;
        if (first == 1) {
            c[0] = start;
        }
        if (first < c.length && objective.visibility(first) > 0) {
            c[first] = SMALL * Math.sqrt(seen / objective.visibility(first));
        }
        List<Values> trace = new ArrayList<>();
        double loss = objective.value(c);
        String ending = null;
        double[] terms = terms(objective, dictionary, c, start);
        trace.add(row(loss, terms, order));
        for (int step = 0; ending == null; step++) {
            double[] direction = objective.projected(objective.gradient(c));
            for (int i = 0; i < direction.length; i++) {
                direction[i] = -direction[i];
            }
            Quartic ray = objective.along(c, direction);
            double s = ray.positiveMinimizer();
            if (!(s > 0) || !(-ray.change(s) > AT_REST)) {
                ending = "came to rest";
                break;
            }
            for (int i = 0; i < c.length; i++) {
                c[i] += s * direction[i];
            }
            loss = objective.value(c);
            terms = terms(objective, dictionary, c, start);
            trace.add(row(loss, terms, order));
            if (first == 1 && terms[0] < GONE * Math.max(terms[1], terms[2])) {
                ending = "the a-term is gone";
            } else if (step + 1 >= cap) {
                ending = "cut off after " + cap + " steps";
            }
        }
        return new LiftedDescent(order, c, terms, loss, trace, ending);
    }

    /** Which term dominates; b before c before a where they are equal. */
    public Term dominant() {
        if (terms[1] >= terms[0] && terms[1] >= terms[2]) {
            return Term.B;
        }
        return terms[2] >= terms[0] ? Term.C : Term.A;
    }

    private static double[] terms(LiftedObjective objective, Dictionary dictionary, double[] c, double unit) {
        return new double[] {
            norm(objective, dictionary, c, Term.A) / unit,
            norm(objective, dictionary, c, Term.B) / unit,
            norm(objective, dictionary, c, Term.C) / unit
        };
    }

    private static double norm(LiftedObjective objective, Dictionary dictionary, double[] c, Term term) {
        double[] part = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            part[i] = dictionary.terms().get(i) == term ? c[i] : 0;
        }
        return Math.sqrt(Math.max(0, objective.inner(part, part)));
    }

    private static Values row(double loss, double[] terms, int order) {
        return Values.of(ROW, loss, terms[0], terms[1], terms[2], order);
    }
}
