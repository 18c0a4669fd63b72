package io.escapement.stop;

import io.escapement.event.RunEvent;
import io.escapement.event.StopReason;
import java.util.Optional;

/** Two watches that see the same iterations. */
abstract class PairWatch implements StoppingCriterion.Watch {

    private final StoppingCriterion.Watch first;
    private final StoppingCriterion.Watch second;

    PairWatch(StoppingCriterion.Watch first, StoppingCriterion.Watch second) {
        this.first = first;
        this.second = second;
    }

    /** Of both. */
    record Memory(Object first, Object second) {}

    abstract Optional<StopReason> joined(Optional<StopReason> left, Optional<StopReason> right);

    @Override
    public final Optional<StopReason> check(RunEvent.Iteration event) {
        Optional<StopReason> left = first.check(event);
        Optional<StopReason> right = second.check(event);
        return joined(left, right);
    }

    @Override
    public final Object memory() {
        return new Memory(first.memory(), second.memory());
    }

    @Override
    public final void recall(Object memory) {
        Memory both = (Memory) memory;
        first.recall(both.first);
        second.recall(both.second);
    }
}
