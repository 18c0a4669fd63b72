package io.escapement.app;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.ingest.ExternalRun;
import io.escapement.run.RunId;
import io.escapement.stop.RunClocks;
import io.escapement.stop.RunWatch;
import io.escapement.store.EventJson;
import io.escapement.store.Outlook;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import io.escapement.store.disk.RunStore;
import io.escapement.web.ExternalDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * The runs that other programs feed: each has its log, its meters, a place in the catalogue and the store like one of ours,
 * and clocks that tell how it stands. One of an earlier session goes on as soon as its program sends again. Thread-safe.
 */
final class ExternalRuns implements ExternalDesk {

    /** That have not ended. */
    static final int MOST = 1000;

    /** Of a run that ended, for which a program can send its last events again and hear that they are known. */
    private static final int MOST_ENDED = 1000;

    /** After this the room of a lost run is given to another. */
    private static final Duration GIVEN_UP = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(ExternalRuns.class);

    private final RunCatalogue catalogue;
    private final BiFunction<RunHeader, Supplier<RunState>, Consumer<RunEvent>> meters;

    /** Null where nothing is stored. */
    private final RunStore store;

    private final EarlierRuns earlier;
    private final ExternalRun.Ledger ledger;
    private final Clock clock;
    private final Clock steady;
    private final Map<String, Fed> runs = new LinkedHashMap<>();

    private volatile boolean closing;

    /** Held by whoever takes a run up, which takes a while. */
    private final Object takingUp = new Object();

    /** A run and what tells how it stands. */
    private record Fed(ExternalRun run, RunClocks clocks) {}

    /**
     * @param meters gives the reader that meters a run, and may ask how it stands
     * @param store null where runs are kept in memory only
     * @param ledger counts what comes in
     * @param clock dates what comes without a time
     * @param steady tells how long ago something came; nobody puts it forward or back
     */
    ExternalRuns(
            RunCatalogue catalogue,
            BiFunction<RunHeader, Supplier<RunState>, Consumer<RunEvent>> meters,
            RunStore store,
            ExternalRun.Ledger ledger,
            Clock clock,
            Clock steady) {
        this.catalogue = catalogue;
        this.meters = meters;
        this.store = store;
        earlier = new EarlierRuns(store);
        this.ledger = ledger;
        this.clock = clock;
        this.steady = steady;
    }

    @Override
    public String register(Registration registration) throws TooMany {
        RunHeader header = header(registration);
        Fed fed = fed(header, ExternalRun.Before.NOTHING);
        String id = header.id();
        synchronized (this) {
            makeRoom();
            runs.put(id, fed);
        }
        RunLog log = RunLog.fed(header, outlook(fed.clocks));
        if (store != null) {
            store.recordNow(log);
        }
        follow(fed, log);
        catalogue.add(log);
        return id;
    }

    private Fed fed(RunHeader header, ExternalRun.Before before) {
        RunClocks clocks =
                new RunClocks(steady, RunClocks.Settings.STANDARD, new RunWatch(RunWatch.Settings.standard()));
        ExternalRun run = new ExternalRun(
                header,
                before,
                clock,
                steady,
                line -> EventJson.read(line).event(),
                event -> clocks.see(event).map(ExternalRuns::remark),
                ledger);
        return new Fed(run, clocks);
    }

    private void follow(Fed fed, RunLog log) {
        RunHeader header = log.header();
        Flux<RunEvent> events = fed.run.events();
        events.subscribe(log::append, error -> LOG.error("the log of run {} is incomplete", header.id(), error));
        events.subscribe(
                meters.apply(header, () -> log.status().state()),
                error -> LOG.error("the meters of run {} have stopped", header.id(), error));
        if (store != null) {
            // The one event that its program does not send again.
            events.filter(RunEvent.Verdict.class::isInstance).subscribe(end -> store.hurry());
        }
    }

    /** The process is about to end, and stores nothing from now on: nothing is promised to anybody any more. */
    void close() {
        closing = true;
    }

    @Override
    public Optional<ExternalRun> takeUp(String id) throws TooMany, NotNow {
        synchronized (takingUp) {
            if (closing) {
                throw new NotNow("the server is about to end; send this again in a while");
            }
            Optional<ExternalRun> known = find(id);
            Optional<EarlierRuns.Earlier> found = known.isPresent() ? Optional.empty() : earlier.find(id);
            if (found.isEmpty()) {
                return known;
            }
            RunLog log = found.get().log();
            Fed fed = fed(log.header(), found.get().before());
            synchronized (this) {
                makeRoom();
            }
            if (!fed.run.ended()) {
                Recollection.of(log, fed.clocks, clock);
                earlier.goOn(found.get(), outlook(fed.clocks));
                follow(fed, log);
                catalogue.add(log);
                LOG.info("Run {} goes on: its program sends again.", id);
            }
            synchronized (this) {
                runs.put(id, fed);
            }
            return Optional.of(fed.run);
        }
    }

    private RunHeader header(Registration registration) {
        Map<String, String> settings = new LinkedHashMap<>(registration.settings());
        settings.put(RunHeader.SOURCE, RunHeader.EXTERNAL);
        RunHeader header = new RunHeader(
                RunId.at(clock.millis()),
                registration.name().isBlank() ? "A run of another program" : registration.name(),
                registration.problem().isBlank() ? "external" : registration.problem(),
                registration.solver(),
                "",
                registration.seed(),
                clock.instant(),
                registration.command(),
                settings,
                registration.figures(),
                Double.NaN,
                null);
        return header.labelled(header.name(), registration.tags(), header.note());
    }

    private static ExternalRun.Remark remark(RunWatch.Finding finding) {
        String what = finding.kind().label();
        String sentence = what.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + what.substring(1) + ": "
                + finding.sentence() + ".";
        boolean fine = finding.kind().state() == RunState.RUNNING;
        return new ExternalRun.Remark(fine ? RunEvent.Level.INFO : RunEvent.Level.WARNING, sentence);
    }

    private static Outlook outlook(RunClocks clocks) {
        return status -> status.ended() ? status : aged(status, clocks.now());
    }

    private static RunStatus aged(RunStatus status, RunClocks.Standing standing) {
        if (standing.state() == RunState.RUNNING || status.state() == RunState.QUEUED) {
            return status;
        }
        String label = standing.state().label();
        String title = label.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + label.substring(1);
        return status.in(standing.state(), title, standing.sentence());
    }

    /** Ended runs go, the oldest first, and lost ones that nobody waits for any more. */
    private void makeRoom() throws TooMany {
        if (closing) {
            throw new TooMany("the server is about to end; send this again in a while");
        }
        int ended = 0;
        for (Fed fed : runs.values()) {
            ended += fed.run.ended() ? 1 : 0;
        }
        int live = runs.size() - ended;
        Iterator<Fed> oldest = runs.values().iterator();
        while (oldest.hasNext() && (ended > MOST_ENDED || live >= MOST)) {
            Fed fed = oldest.next();
            if (fed.run.ended()) {
                if (ended > MOST_ENDED) {
                    oldest.remove();
                    ended--;
                }
            } else if (live >= MOST && fed.clocks.now().silence().compareTo(GIVEN_UP) > 0) {
                fed.run.abandon("nothing was heard of the program for " + GIVEN_UP.toHours() + " h");
                oldest.remove();
                live--;
            }
        }
        if (live >= MOST) {
            throw new TooMany(MOST + " runs of other programs have not ended, which is the most");
        }
    }

    /** The run has been deleted. */
    synchronized void forget(String run) {
        runs.remove(run);
    }

    @Override
    public synchronized Optional<ExternalRun> find(String run) {
        return closing ? Optional.empty() : Optional.ofNullable(runs.get(run)).map(Fed::run);
    }
}
