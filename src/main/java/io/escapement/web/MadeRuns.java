package io.escapement.web;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The runs that were made for requests with an Idempotency-Key: a request that comes again within a day gets the same, and
 * nothing is done twice. One that comes while the first is being done waits for its answer. On one event loop.
 */
final class MadeRuns {

    private static final long KEPT_NANOS = Duration.ofHours(24).toNanos();
    private static final int MOST = 10_000;

    private record Known(long at, Future<String> answer) {}

    private final Map<String, Known> known = new LinkedHashMap<>();

    /** Id of the first run made for the key, or of the one that is made now. One that failed is not kept. */
    Future<String> of(String key, Supplier<Future<String>> doing) {
        long now = System.nanoTime();
        forget(now);
        Known first = known.get(key);
        if (first != null) {
            return first.answer;
        }
        Known mine = new Known(now, doing.get());
        known.put(key, mine);
        return mine.answer.onFailure(error -> known.remove(key, mine));
    }

    private void forget(long now) {
        Iterator<Known> oldest = known.values().iterator();
        while (oldest.hasNext()) {
            if (now - oldest.next().at <= KEPT_NANOS && known.size() < MOST) {
                return;
            }
            oldest.remove();
        }
    }
}
