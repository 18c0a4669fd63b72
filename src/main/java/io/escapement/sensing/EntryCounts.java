package io.escapement.sensing;

import io.escapement.problem.Counted;
import io.escapement.problem.EntrywiseLoss;
import io.escapement.problem.FactorShape;
import io.escapement.problem.OuterLoss;
import java.util.Arrays;

/**
 * How a loss is to be the one over all entries of both triangles of a symmetric matrix, each of which is measured once. For norms an
 * entry off the diagonal is measured times √2. A sum of φ(M_ij) over entries needs it as it is, counted twice.
 */
final class EntryCounts {

    /** Times the √2 of {@link MaskOperator}, exactly 1. */
    private static final double PLAIN = 0.5 / Math.sqrt(0.5);

    private final OuterLoss loss;
    private final FactorShape shape;

    private EntryCounts(OuterLoss loss, FactorShape shape) {
        this.loss = loss;
        this.shape = shape;
    }

    static EntryCounts of(OuterLoss loss, FactorShape shape) {
        return new EntryCounts(loss, shape);
    }

    private boolean counted() {
        return shape.symmetric() && loss instanceof EntrywiseLoss;
    }

    /** @param weight of an entry; of a rectangular matrix all are 1 */
    MaskOperator mask(EntryPattern entries, MaskOperator.Weight weight) {
        if (!shape.symmetric()) {
            return MaskOperator.rectangular(entries);
        }
        return counted()
                ? MaskOperator.symmetric(entries, (i, j) -> (i == j ? 1 : PLAIN) * weight.of(i, j))
                : MaskOperator.symmetric(entries, weight);
    }

    /** The loss for a mask that this made. */
    OuterLoss loss(MaskOperator mask) {
        if (!counted()) {
            return loss;
        }
        double[] counts = new double[mask.measurements()];
        mask.forEachEntry((k, i, j, c) -> counts[k] = i == j ? 1 : 2);
        return new Counted((EntrywiseLoss) loss, counts);
    }

    IdentityOperator identity() {
        return counted() ? IdentityOperator.plain(shape) : IdentityOperator.isometric(shape);
    }

    /** The loss for an operator of every entry that this made. */
    OuterLoss lossOfIdentity() {
        if (!counted()) {
            return loss;
        }
        int n = shape.rows();
        double[] counts = new double[n * (n + 1) / 2];
        Arrays.fill(counts, 2);
        for (int i = 0, k = 0; i < n; k += n - i, i++) {
            counts[k] = 1;
        }
        return new Counted((EntrywiseLoss) loss, counts);
    }
}
