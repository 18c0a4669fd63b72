package io.escapement.ingest;

import io.escapement.event.Arrivals;
import io.escapement.event.Names;
import io.escapement.event.OwnFields;
import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.Stamp;
import io.escapement.event.Values;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A run of another program: a hot stream of events, made of the lines that come in. Any number of requests may bring them;
 * one piece is taken at a time, and whoever brings the next waits, so that readers set the pace. Thread-safe.
 *
 * <p>Readers subscribe before the first line to see everything. One that throws is ended alone.
 */
public final class ExternalRun {

    private static final String STOP = "stop";

    /** What a message has that tells of the wish. */
    private static final OwnFields WISH = wish();

    private final RunHeader header;
    private final Ledger ledger;
    private final Function<RunEvent, Optional<Remark>> watch;
    private final Sinks.Many<RunEvent> sink = Sinks.unsafe().many().multicast().directBestEffort();
    private final Draft draft = new Draft();
    private final LineReader reader = new LineReader(draft);
    private final EventMaker maker;
    private final Numbering numbering;

    /** Of which there are series, as long as there is room for more; null when it has been told that there is none. */
    private Set<String> figures;

    /** Of the newest iteration. */
    private Names lately = Names.of();

    private final Besides besides = new Besides();
    private boolean ended;
    private String wish;
    private long missingToldOf;

    /** What was to be told before the first event, and is told after it: it stands beside an event. */
    private final List<UnaryOperator<RunEvent>> early = new ArrayList<>();

    /** Where counts go. Called by one thread at a time for a run. */
    public interface Ledger {
        void ingested(long events);

        void rejected(Rejection why, long lines);

        /** Events that were there already, which is no error: a program sends again what it is not sure of. */
        default void repeated(long events) {}
    }

    /** Something worth telling that was seen in the events themselves. */
    public record Remark(RunEvent.Level level, String text) {}

    /**
     * What came of a run before, in a process that is no more.
     *
     * @param arrivals which events
     * @param figures of which there are series
     * @param stop whether somebody has wished that it stops
     * @param ended whether the run has given its verdict
     */
    public record Before(Arrivals.State arrivals, Set<String> figures, boolean stop, boolean ended) {

        /** Of a new run. */
        public static final Before NOTHING = new Before(new Arrivals().state(), Set.of(), false, false);

        public Before {
            Objects.requireNonNull(arrivals, "arrivals");
            figures = Set.copyOf(figures);
        }
    }

    /** A new run, see the other constructor. */
    public ExternalRun(
            RunHeader header,
            Clock clock,
            Clock steady,
            Judgements judgements,
            Function<RunEvent, Optional<Remark>> watch,
            Ledger ledger) {
        this(header, Before.NOTHING, clock, steady, judgements, watch, ledger);
    }

    /**
     * @param before what came of it in another process
     * @param clock dates what comes without a time
     * @param steady tells how long the run has gone on; nobody puts it forward or back
     * @param watch sees each event after the readers had it; what it remarks becomes a message of the run
     */
    public ExternalRun(
            RunHeader header,
            Before before,
            Clock clock,
            Clock steady,
            Judgements judgements,
            Function<RunEvent, Optional<Remark>> watch,
            Ledger ledger) {
        this.header = Objects.requireNonNull(header, "header");
        figures = new HashSet<>(before.figures());
        wish = before.stop() ? STOP : null;
        ended = before.ended();
        missingToldOf = before.arrivals().missing();
        this.watch = Objects.requireNonNull(watch, "watch");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.maker = new EventMaker(judgements);
        this.numbering = new Numbering(
                Objects.requireNonNull(clock, "clock"), Objects.requireNonNull(steady, "steady"), before.arrivals());
    }

    public RunHeader header() {
        return header;
    }

    /** Every event from now on; a reader must ask for all of them and be quick. */
    public Flux<RunEvent> events() {
        return sink.asFlux().onBackpressureError();
    }

    public synchronized boolean ended() {
        return ended;
    }

    /**
     * Keeps a wish for the program, which it hears with the next answer. Only stop is possible.
     *
     * @param by who wishes, to be read after "by"
     * @return whether the run goes on, so that there is somebody to hear it
     */
    public synchronized boolean wishStop(String by) {
        if (ended) {
            return false;
        }
        if (wish == null) {
            wish = STOP;
            remark(
                    RunEvent.Level.INFO,
                    "A stop was asked for by " + by + "; the program is told of it when it next sends events.",
                    WISH);
        }
        return true;
    }

    /** Ends a run that its program left without an end. */
    public synchronized void abandon(String why) {
        if (!ended) {
            draft.clear();
            publish(EventMaker.failed(numbering.place(draft, false), why));
        }
    }

    /** Takes a line for a request, with the lock on this run held. */
    void line(byte[] bytes, int from, int to, Tally tally) {
        try {
            reader.read(bytes, from, to);
            if (numbering.repeats(draft)) {
                tally.duplicate();
                return;
            }
            if (ended) {
                throw new BadLine(
                        Rejection.ENDED, "the run has ended, and this comes after its verdict; a new run is needed");
            }
            Stamp stamp = numbering.place(draft, EventMaker.iterates(draft));
            RunEvent event = maker.event(draft, stamp, bytes, from, to);
            if (draft.lost != null) {
                besides.lost(draft.lost).ifPresent(text -> remark(RunEvent.Level.WARNING, text));
            }
            publish(event);
            if (!event.landmark() && draft.hasBesides()) {
                besides.of(draft, event.stamp()).forEach(sink::tryEmitNext);
            }
            tally.accept();
        } catch (BadLine e) {
            tally.reject(e.why(), e.getMessage());
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object for lines of the same figures: nothing to compare
    private void look(Names names) {
        if (names != lately) {
            lately = names;
            count(names);
        }
    }

    private void publish(RunEvent event) {
        numbering.take(event.stamp());
        if (event instanceof RunEvent.Escape escape && escape.outcome() == RunEvent.EscapeOutcome.ACCEPTED) {
            numbering.leave();
        }
        ended = event instanceof RunEvent.Verdict;
        sink.tryEmitNext(event);
        early.forEach(remark -> sink.tryEmitNext(remark.apply(event)));
        early.clear();
        if (event instanceof RunEvent.Iteration) {
            look(event.values().names());
        }
        long missing = numbering.missing();
        if (missing > 0 && missing >= 2 * missingToldOf) {
            missingToldOf = missing;
            remark(
                    RunEvent.Level.WARNING,
                    missing + (missing == 1 ? " event has" : " events have")
                            + " not arrived so far, by the numbers of those that have.");
        }
        watch.apply(event).ifPresent(remark -> remark(remark.level(), remark.text()));
        if (ended) {
            sink.tryEmitComplete();
        }
    }

    /** Tells once of the first figure for whose series there is no room. */
    private void count(Names names) {
        for (int i = 0; figures != null && i < names.size(); i++) {
            String name = names.get(i);
            if (!figures.contains(name) && figures.size() == Values.MOST_SERIES) {
                figures = null;
                remark(
                        RunEvent.Level.WARNING,
                        "A run keeps the series of " + Values.MOST_SERIES + " figures, and this one sends more: '"
                                + LineReader.cut(name) + "' is the first of which none is kept.");
            } else {
                figures.add(name);
            }
        }
    }

    /** A message of ours. The numbers are the program's, so it stands beside the newest event, under the same one. */
    private void remark(RunEvent.Level level, String text) {
        remark(level, text, OwnFields.none());
    }

    private void remark(RunEvent.Level level, String text, OwnFields own) {
        if (numbering.newest() == null) {
            early.add(first -> new RunEvent.Message(first.stamp(), level, text, own));
        } else {
            sink.tryEmitNext(new RunEvent.Message(numbering.newest(), level, text, own));
        }
    }

    /** Whether an event of a run's history tells that somebody has wished that it stops. */
    public static boolean wishesStop(RunEvent event) {
        return event instanceof RunEvent.Message && event.own().equals(WISH);
    }

    private static OwnFields wish() {
        OwnFields.Collector command = new OwnFields.Collector("message");
        command.add("command", '"' + STOP + '"');
        return command.fields();
    }

    Answer answer(Tally tally) {
        return tally.answer(numbering.missing(), numbering.attempt(), numbering.nextSeq(), ended ? null : wish);
    }

    Ledger ledger() {
        return ledger;
    }
}
