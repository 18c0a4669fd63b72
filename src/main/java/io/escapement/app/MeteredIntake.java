package io.escapement.app;

import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Rejection;
import io.escapement.meter.RunMeters;
import io.escapement.web.Telemetry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what other programs send: in the meters, and for the page that shows how the server does. Thread-safe. */
final class MeteredIntake implements ExternalRun.Ledger {

    private final RunMeters meters;
    private final Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
    private long accepted;
    private long repeated;
    private Rejection lastWhy;
    private Instant lastAt;

    MeteredIntake(RunMeters meters) {
        this.meters = meters;
        for (Rejection why : Rejection.values()) {
            rejected.put(why, 0L);
        }
    }

    @Override
    public void ingested(long events) {
        meters.ingested(events);
        synchronized (this) {
            accepted += events;
        }
    }

    @Override
    public synchronized void repeated(long events) {
        repeated += events;
    }

    @Override
    public void rejected(Rejection why, long lines) {
        meters.rejected(why.label(), lines);
        synchronized (this) {
            rejected.merge(why, lines, Long::sum);
            lastWhy = why;
            lastAt = Instant.now();
        }
    }

    synchronized Telemetry.Intake now() {
        Map<String, Long> reasons = new LinkedHashMap<>();
        rejected.forEach((why, lines) -> reasons.put(why.label(), lines));
        return new Telemetry.Intake(
                accepted,
                repeated,
                reasons,
                lastWhy == null ? null : lastWhy.label(),
                lastAt == null ? null : lastAt.toString());
    }
}
