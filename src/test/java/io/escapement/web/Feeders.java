package io.escapement.web;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Rejection;
import io.escapement.store.EventJson;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Runs of other programs for tests: every event is kept, and readers can be held up. */
final class Feeders implements ExternalDesk {

    final AtomicLong ingested = new AtomicLong();
    final Map<Rejection, Long> rejected = new ConcurrentHashMap<>();
    final Map<String, List<RunEvent>> events = new ConcurrentHashMap<>();

    /** Null, or what readers wait for. */
    volatile CountDownLatch held;

    volatile boolean full;

    private final RunCatalogue catalogue;
    private final Map<String, ExternalRun> runs = new ConcurrentHashMap<>();

    Feeders(RunCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A run about which nothing is known. */
    String registerForTest() {
        try {
            return register(new Registration("", "", "", "", List.of(), Map.of(), List.of(), 0));
        } catch (TooMany e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String register(Registration registration) throws TooMany {
        if (full) {
            throw new TooMany("1 run has not ended, which is the most");
        }
        String id = "fed-" + runs.size();
        RunHeader header = new RunHeader(
                id,
                registration.name(),
                registration.problem(),
                registration.solver(),
                "",
                registration.seed(),
                Instant.now(),
                registration.command(),
                registration.settings(),
                registration.figures(),
                Double.NaN,
                null);
        ExternalRun run = new ExternalRun(
                header,
                Clock.systemUTC(),
                Clock.systemUTC(),
                line -> EventJson.read(line).event(),
                event -> Optional.empty(),
                new ExternalRun.Ledger() {
                    @Override
                    public void ingested(long events) {
                        ingested.addAndGet(events);
                    }

                    @Override
                    public void rejected(Rejection why, long lines) {
                        rejected.merge(why, lines, Long::sum);
                    }
                });
        RunLog log = new RunLog(header);
        List<RunEvent> kept = Collections.synchronizedList(new ArrayList<>());
        events.put(id, kept);
        run.events().subscribe(log::append);
        run.events().subscribe(event -> {
            kept.add(event);
            CountDownLatch wait = held;
            if (wait != null) {
                try {
                    wait.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        runs.put(id, run);
        catalogue.add(log);
        return id;
    }

    @Override
    public Optional<ExternalRun> find(String run) {
        return Optional.ofNullable(runs.get(run));
    }

    @Override
    public Optional<ExternalRun> takeUp(String run) {
        return find(run);
    }
}
