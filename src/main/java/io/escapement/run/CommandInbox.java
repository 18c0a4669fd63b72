package io.escapement.run;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Commands on their way to a run: offered by anybody, taken by the run between two steps. */
final class CommandInbox {

    /** A command and who gave it. */
    record Request(Command command, String by) {}

    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicReference<MonoSink<Void>> waiting = new AtomicReference<>();

    void offer(Request request) {
        requests.add(request);
        wake();
    }

    /** The oldest request, or null. */
    Request poll() {
        return requests.poll();
    }

    /** Whether a command waits among the others. */
    boolean holds(Command command) {
        return requests.stream().anyMatch(request -> request.command() == command);
    }

    /** Completes when there is something to poll; holds no thread meanwhile. One waiter at a time. */
    Mono<Void> arrival() {
        return Mono.create(sink -> {
            waiting.set(sink);
            sink.onDispose(() -> waiting.compareAndSet(sink, null));
            if (!requests.isEmpty()) {
                wake();
            }
        });
    }

    private void wake() {
        MonoSink<Void> sink = waiting.getAndSet(null);
        if (sink != null) {
            sink.success();
        }
    }
}
