package io.escapement.sensing;

import io.escapement.problem.OuterLoss;

/** What a description says of how an instance is minimized: nothing of the ordinary. */
final class LossText {

    private LossText() {}

    static String of(OuterLoss loss, double balance) {
        return (loss.quadratic() ? "" : ", loss " + loss.describe()) + (balance > 0 ? ", balance " + balance : "");
    }
}
