package io.escapement.store.disk;

import io.escapement.store.ArchiveStatus;
import io.escapement.store.RunLog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes. Once an interval it takes what is new of every run and writes it in a few transactions; what could
 * not be written is taken again the next time, so that nothing waits for a disk that is full.
 *
 * <p>Over the usual length because the turns of the thread and what others may ask of it share its connection.
 */
final class RunWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);

    /** Runs that wait to be written from which on the writer does not wait for its turn. */
    private static final int CROWD = 256;

    /**
     * Runs written in one transaction. What it writes is held until it is through, and others that share the directory write
     * between two; to commit costs next to nothing, as no commit waits for the disk.
     */
    private static final int TOGETHER = 16;

    private static final Duration HOUSEKEEPING = Duration.ofMinutes(5);

    private final StoreSettings settings;
    private final Schema schema;
    private final Consumer<Duration> written;
    private final Shelf shelf;
    private final WriterHealth health;
    private final RecordedRuns recorded;
    private final WriterTurns turns;
    private final Queue<Errand> errands = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final CountDownLatch opened = new CountDownLatch(1);

    /** The writer's own. */
    private Connection connection;

    private final CalmClock clock = new CalmClock(Clock.systemUTC(), System::nanoTime);
    private RunRows rows;
    private Owners owners;
    private LostRuns lost;
    private long housekeptAt;
    private int failures;

    /** Something to be done with the database. */
    @FunctionalInterface
    interface Errand {
        void with(Connection connection) throws SQLException;
    }

    RunWriter(StoreSettings settings, Schema schema, Consumer<Duration> written, Shelf shelf) {
        this.settings = settings;
        this.schema = schema;
        this.written = written;
        this.shelf = shelf;
        health = new WriterHealth(settings);
        recorded = new RecordedRuns(health);
        turns = new WriterTurns(settings.interval());
        thread = new Thread(this::work, "store");
        thread.setDaemon(true);
        thread.start();
    }

    void record(RunLog log) {
        log.record();
        recorded.add(new RecordedRun(log));
        if (recorded.size() >= CROWD && !health.failing()) {
            turns.hurry();
        }
    }

    /**
     * Takes a run up again that was read from the database.
     *
     * @param takeUp does so with the log, once the run is this process's
     * @return whether it is this process's now; not where another has taken it up, or knows more of it
     */
    boolean takeUp(RunLog log, Runnable takeUp) {
        String id = log.header().id();
        // 0 until it is claimed, or cannot be; negative where nobody waits any longer.
        AtomicLong key = new AtomicLong();
        errand(at -> {
            // Again at each try: what a try that failed has claimed is not claimed.
            long waited = key.get();
            if (waited >= 0) {
                key.compareAndSet(waited, RunRows.claim(at, id, log.last(), owners.self()));
            }
        });
        long claimed = key.getAndSet(-1);
        if (claimed == 0) {
            return false;
        }
        recorded.add(RecordedRun.takenUp(log, claimed));
        takeUp.run();
        return true;
    }

    /** The checkpoint of a run that goes on here. */
    Optional<PendingCheckpoint> checkpoint(String id) {
        return recorded.find(id).map(RecordedRun::checkpoint);
    }

    Optional<RunLog> unsaved(String id) {
        return recorded.find(id).map(RecordedRun::log);
    }

    /** What is known of an ended run need not be written any more. */
    void forget(String id) {
        recorded.remove(id);
    }

    /** Does something with the database on the writer's thread, soon, and again if it fails. */
    void errand(Errand errand) {
        errands.add(errand);
        flush();
    }

    /** There is something that had better not wait. */
    void hurry() {
        turns.hurry();
    }

    /** Whether the newest attempt could not write. */
    boolean failing() {
        return health.failing();
    }

    /** Until the database has been opened for the first time, or could not be. */
    void awaitOpened() {
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void flush() {
        // The attempt under way may have passed by what has just happened.
        await(2);
    }

    /** For so many more attempts to write. */
    void await(int more) {
        turns.await(more);
    }

    @Override
    public void close() {
        turns.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            boolean last;
            do {
                last = turns.begin();
                attempt();
                opened.countDown();
                shelf.refresh();
                turns.end();
                if (!last) {
                    turns.awaitNext(failures);
                }
            } while (!last);
            shut();
        } finally {
            turns.over();
        }
    }

    private void attempt() {
        try {
            if (connection == null) {
                connection = Database.open(settings.directory(), schema);
                rows = new RunRows(connection);
                claim();
            }
            writeNews();
            runErrands();
            lost.lookRound(connection);
            keepHouse();
            failures = 0;
            health.recovered();
        } catch (SQLException | IOException e) {
            failed(Database.words(settings.directory(), e));
        } catch (RuntimeException | LinkageError e) {
            // Anything else must not end the thread, which would be silent.
            LOG.error("the store failed", e);
            failed("of an error of ours: " + e);
        }
    }

    private void claim() throws IOException {
        if (owners == null) {
            owners = Owners.claim(settings.directory());
            lost = new LostRuns(owners);
        }
    }

    private void failed(String why) {
        failures++;
        disconnect();
        health.failed(why);
    }

    private void writeNews() throws SQLException {
        List<RecordedRun> dirty = recorded.dirty();
        if (dirty.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        DetailRows detail = new DetailRows(connection, settings.detailBytes());
        for (int start = 0; start < dirty.size(); start += TOGETHER) {
            List<RecordedRun> some = dirty.subList(start, Math.min(start + TOGETHER, dirty.size()));
            some.forEach(run -> run.checkpoint().pack(run.log()));
            List<RecordedRun.Written> steps = new ArrayList<>(some.size());
            Transactions.write(connection, () -> {
                for (RecordedRun run : some) {
                    steps.add(run.write(connection, rows, detail, owners.self()));
                }
            });
            steps.forEach(this::noted);
        }
        health.wrote();
        written.accept(Duration.ofNanos(System.nanoTime() - began));
    }

    private void noted(RecordedRun.Written step) {
        RecordedRun run = step.run();
        health.missedEvents(run.noted(step));
        if (step.gone()) {
            LOG.warn("Run {} was deleted while it went on here, and is not stored any more.", run.id());
            recorded.remove(run.id());
        } else if (step.news().status().ended() && run.eventsWaiting() == 0) {
            recorded.remove(run.id());
        }
    }

    private void runErrands() throws SQLException {
        for (Errand next = errands.peek(); next != null; next = errands.peek()) {
            Errand errand = next;
            Transactions.write(connection, () -> errand.with(connection));
            errands.remove();
        }
    }

    private void keepHouse() throws SQLException {
        long now = System.nanoTime();
        if (housekeptAt == 0 || now - housekeptAt >= HOUSEKEEPING.toNanos()) {
            boolean more = new Retention(connection, settings).sweep(clock.now());
            housekeptAt = more ? 0 : now;
        }
    }

    /** @param oldest when the oldest run began */
    ArchiveStatus status(long runs, Optional<Instant> oldest) {
        return health.status(runs, oldest, recorded.size(), RecordedRuns.MOST, recorded.eventsWaiting());
    }

    /** What has not ended will not. */
    private void shut() {
        try {
            if (connection != null) {
                lost.loseOwn(connection);
            }
        } catch (SQLException e) {
            LOG.debug("the end of runs without a verdict could not be written", e);
        }
        disconnect();
        try {
            if (owners != null) {
                owners.close();
            }
        } catch (IOException e) {
            LOG.debug("the process's file could not be removed", e);
        }
    }

    private void disconnect() {
        if (connection != null) {
            try {
                if (rows != null) {
                    rows.close();
                }
                connection.close();
            } catch (SQLException e) {
                LOG.debug("a connection could not be closed", e);
            }
            rows = null;
            connection = null;
        }
    }
}
