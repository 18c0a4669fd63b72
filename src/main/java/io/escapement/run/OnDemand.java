package io.escapement.run;

import io.escapement.event.RunEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** A few events from one piece of work that is done when the first of them is asked for, not before. */
final class OnDemand {

    private OnDemand() {}

    static Flux<RunEvent> of(Supplier<List<RunEvent>> work) {
        return Flux.generate(ArrayDeque::new, (Deque<List<RunEvent>> rest, SynchronousSink<RunEvent> sink) -> {
            List<RunEvent> events = rest.isEmpty() ? done(work) : rest.pop();
            if (events.isEmpty()) {
                sink.complete();
                return rest;
            }
            sink.next(events.get(0));
            if (events.size() == 1) {
                sink.complete();
            } else {
                rest.push(events.subList(1, events.size()));
            }
            return rest;
        });
    }

    private static List<RunEvent> done(Supplier<List<RunEvent>> work) {
        try {
            return work.get();
        } catch (VirtualMachineError | LinkageError e) {
            throw new FatalStep(e);
        }
    }
}
