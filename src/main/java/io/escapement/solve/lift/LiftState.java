package io.escapement.solve.lift;

import io.escapement.linalg.tensor.RankOne;
import io.escapement.problem.Evaluation;
import io.escapement.problem.lifted.Lifting;
import io.escapement.solve.FromProblem;
import io.escapement.solve.SolverState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * Where a lifted descent is.
 *
 * <p>{@link #x} is the matrix that w stands for, by tensor PCA, and {@link #loss} is h there: what a run judges, certifies and
 * compares is the matrix. {@link #gradientNorm} is the larger of ‖∇h(x)‖ and the lifted gradient brought to the same scale,
 * ‖∇h^l(w)‖·(scale of ∇h)/(scale of ∇h^l), so a run rests only where both do. The lifted loss itself falls at every exact step;
 * h(x) need not.
 *
 * @param lifting the problem and its lift
 * @param lifted W and the lifted problem there; empty from where the descent goes on in matrix space
 * @param at x and the problem there
 * @param leading the rank-1 term that x was taken from
 * @param kappa rank-1-ness κ of w where it was computed: the second over the first v-eigenvalue ([EMC] definition C.7)
 * @param stepSize that led here, a multiple of the gradient, or η of an escape
 * @param escapes lifted saddles left so far
 * @param steps taken so far
 */
public record LiftState(
        @FromProblem Lifting lifting,
        Optional<Evaluation> lifted,
        Evaluation at,
        RankOne leading,
        OptionalDouble kappa,
        double stepSize,
        int escapes,
        int steps)
        implements SolverState {

    public static final String LIFTED_LOSS = "liftedLoss";
    public static final String LIFTED_GRADIENT_NORM = "liftedGradientNorm";
    public static final String KAPPA = "kappa";
    public static final String LIFTED_ESCAPES = "liftedEscapes";

    public LiftState {
        Objects.requireNonNull(lifting, "lifting");
        Objects.requireNonNull(lifted, "lifted");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(leading, "leading");
        Objects.requireNonNull(kappa, "kappa");
    }

    @Override
    public DMatrixRMaj x() {
        return at.x();
    }

    @Override
    public double loss() {
        return at.loss();
    }

    @Override
    public double gradientNorm() {
        return lifted.map(w -> Math.max(at.gradientNorm(), comparable(w.gradientNorm())))
                .orElse(at.gradientNorm());
    }

    /** A lifted gradient's norm in the scale of ∇h; as it is where the data are 0 and there is no scale. */
    private double comparable(double norm) {
        double scale = lifting.gradientScale(lifting.order());
        return scale > 0 ? norm / scale * lifting.gradientScale(1) : norm;
    }

    /** Whether ‖∇h^l(w)‖ is at most so much of its scale. */
    boolean atRest(double tolerance) {
        return lifted.orElseThrow().gradientNorm() <= tolerance * lifting.gradientScale(lifting.order());
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        lifted.ifPresent(evaluation -> {
            figures.put(LIFTED_LOSS, evaluation.loss());
            figures.put(LIFTED_GRADIENT_NORM, evaluation.gradientNorm());
        });
        kappa.ifPresent(value -> figures.put(KAPPA, value));
        figures.put(LIFTED_ESCAPES, (double) escapes);
        return figures;
    }
}
