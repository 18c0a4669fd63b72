package io.escapement.store.disk;

import io.escapement.store.ArchiveStatus;
import io.escapement.store.Attachment;
import io.escapement.store.Attempt;
import io.escapement.store.Checkpointed;
import io.escapement.store.Increment;
import io.escapement.store.MalformedEvent;
import io.escapement.store.Replaced;
import io.escapement.store.Rewind;
import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import io.escapement.store.SeriesBlock;
import io.escapement.store.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes. Once an interval it takes what is new of every run and writes it in a few transactions; what could
 * not be written is taken again the next time, so that nothing waits for a disk that is full.
 *
 * <p>Over the usual length because opening, writing, failing and ending belong to one loop.
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

    /** Ended runs that are held for a disk that takes nothing; of more the oldest are given up. */
    private static final int MOST_WAITING = 2000;

    /** A checkpoint may take one part in so many of the time. */
    private static final long SHARE = 100;

    /** And so many bytes a second: 10 MB. */
    private static final long NANOS_PER_BYTE = 100;

    private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(5);
    /** Between two writes of what is kept beside a run's events while it goes on: it is written whole each time. */
    private static final Duration ATTACHMENTS = Duration.ofSeconds(30);

    private static final Duration LOOKING_ROUND = Duration.ofSeconds(5);

    private final StoreSettings settings;
    private final Schema schema;
    private final Consumer<Duration> written;
    private final Shelf shelf;
    private final Thread thread;
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Guards what follows, up to the writer's own. */
    private final Object lock = new Object();

    private final Map<String, Recorded> recorded = new LinkedHashMap<>();
    private final Queue<Errand> errands = new ArrayDeque<>();
    private boolean wake;
    private boolean closing;
    private long attempts;
    private String trouble;
    private long runsMissed;
    private long eventsMissed;
    private Instant missedAt;
    private Instant wroteAt;
    private String lastTrouble;
    private Instant troubleAt;

    /** The writer's own. */
    private Connection connection;

    private final CalmClock clock = new CalmClock(Clock.systemUTC(), System::nanoTime);
    private RunRows rows;
    private Owners owners;
    private long housekeptAt;
    private long lookedAt;
    private int failures;

    /** A run that is being written. Only the writer's thread uses what is not final. */
    private static final class Recorded {
        final RunLog log;

        /** 0 until it has a row. */
        long key;

        long saved = -1;
        long missed;

        /** Version of the attachment that is written, and when. */
        long attached = -1;

        long attachedAt;
        /** {@link #saved}, for any thread. */
        volatile long savedForAll = -1;

        /** Detail that was taken from the log and not written. */
        final List<SeriesBlock> pending = new ArrayList<>();

        /** The newest checkpoint that is not written; with the lock held. */
        CheckpointDraft checkpoint;

        /** Nanoseconds that making bytes of the last one took; 0 before the first, which only shows how cold the program is. */
        long packing;

        /** Until then a checkpoint more would cost too much. */
        volatile long restUntil = System.nanoTime();

        Recorded(RunLog log) {
            this.log = log;
        }
    }

    /** Something to be done with the database. */
    @FunctionalInterface
    interface Errand {
        void with(Connection connection) throws SQLException;
    }

    /** What a transaction did, to be noted when it is through. */
    private record Step(Recorded run, long key, Increment news, long attached, CheckpointDraft checkpoint) {}

    RunWriter(StoreSettings settings, Schema schema, Consumer<Duration> written, Shelf shelf) {
        this.settings = settings;
        this.schema = schema;
        this.written = written;
        this.shelf = shelf;
        thread = new Thread(this::work, "store");
        thread.setDaemon(true);
        thread.start();
    }

    void record(RunLog log) {
        log.record();
        synchronized (lock) {
            recorded.put(log.header().id(), new Recorded(log));
            if (recorded.size() > MOST_WAITING) {
                giveUpOldest();
            }
            if (recorded.size() >= CROWD && !wake && trouble == null) {
                wake = true;
                lock.notifyAll();
            }
        }
    }

    /**
     * Takes a run up again that was read from the database.
     *
     * @return whether it is this process's now; not where another has taken it up, or knows more of it
     */
    boolean takeUp(RunLog log, Attempt attempt) {
        String id = log.header().id();
        // 0 until it is claimed, or cannot be; negative where nobody waits any longer.
        AtomicLong key = new AtomicLong();
        errand(at -> {
            if (key.get() == 0) {
                key.compareAndSet(0, RunRows.claim(at, id, log.last(), owners.self()));
            }
        });
        if (key.compareAndSet(0, -1)) {
            return false;
        }
        Recorded run = new Recorded(log);
        run.key = key.get();
        run.saved = log.last();
        log.takeUp(attempt);
        synchronized (lock) {
            recorded.put(id, run);
        }
        return true;
    }

    /** Keeps a checkpoint; one before it that is not written yet is not needed any more. */
    void checkpoint(String id, CheckpointDraft draft) {
        synchronized (lock) {
            Recorded run = recorded.get(id);
            if (run != null) {
                run.checkpoint = draft;
            }
        }
    }

    /** Whether the last checkpoint waits to be written, or took so long that the next should wait. */
    boolean checkpointing(String id) {
        synchronized (lock) {
            Recorded run = recorded.get(id);
            return run == null || run.checkpoint != null || System.nanoTime() - run.restUntil < 0;
        }
    }

    private void giveUpOldest() {
        for (Recorded run : recorded.values()) {
            if (run.log.ended()) {
                recorded.remove(run.log.header().id());
                runsMissed++;
                missedAt = Instant.now();
                return;
            }
        }
    }

    Optional<RunLog> unsaved(String id) {
        synchronized (lock) {
            return Optional.ofNullable(recorded.get(id)).map(run -> run.log);
        }
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
        synchronized (lock) {
            long enough = attempts + more;
            while (attempts < enough && thread.isAlive()) {
                wake = true;
                lock.notifyAll();
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        boolean last;
        do {
            synchronized (lock) {
                last = closing;
                wake = false;
            }
            attempt();
            opened.countDown();
            shelf.refresh();
            synchronized (lock) {
                attempts++;
                lock.notifyAll();
            }
            await(last);
        } while (!last);
        shut();
    }

    private void await(boolean last) {
        long nanos = settings.interval().toNanos();
        if (failures > 0) {
            nanos = Math.min(MOST_PATIENCE.toNanos(), nanos << Math.min(5, failures - 1));
        }
        long until = System.nanoTime() + nanos;
        synchronized (lock) {
            long left = until - System.nanoTime();
            while (!last && !closing && !wake && left > 0) {
                try {
                    lock.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    closing = true;
                }
                left = until - System.nanoTime();
            }
        }
    }

    private void attempt() {
        try {
            if (connection == null) {
                connection = Database.open(settings.directory(), schema);
                rows = new RunRows(connection);
                owners = owners == null ? Owners.claim(settings.directory()) : owners;
            }
            writeNews();
            runErrands();
            lookRound();
            keepHouse();
            recovered();
        } catch (SQLException | IOException e) {
            failed(Database.words(settings.directory(), e));
        } catch (RuntimeException | LinkageError e) {
            // Anything else must not end the thread, which would be silent.
            LOG.error("the store failed", e);
            failed("of an error of ours: " + e);
        }
    }

    private void failed(String why) {
        failures++;
        disconnect();
        boolean news;
        synchronized (lock) {
            news = !why.equals(trouble);
            trouble = why;
            lastTrouble = why;
            troubleAt = Instant.now();
        }
        if (news) {
            LOG.warn(
                    "Runs are not being stored, because {}. They go on, and are kept in memory; the store is tried again.",
                    why);
        }
    }

    private void recovered() {
        failures = 0;
        boolean news;
        synchronized (lock) {
            news = trouble != null;
            trouble = null;
        }
        if (news) {
            LOG.info("Runs are being stored again in {}.", settings.directory());
        }
    }

    private void writeNews() throws SQLException {
        List<Recorded> dirty = new ArrayList<>();
        synchronized (lock) {
            for (Recorded run : recorded.values()) {
                if (run.key == 0 || run.log.last() != run.saved || !run.pending.isEmpty() || run.checkpoint != null) {
                    dirty.add(run);
                }
            }
        }
        if (dirty.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        DetailRows detail = new DetailRows(connection, settings.detailBytes());
        for (int start = 0; start < dirty.size(); start += TOGETHER) {
            List<Recorded> some = dirty.subList(start, Math.min(start + TOGETHER, dirty.size()));
            Map<Recorded, Packed> checkpoints = new HashMap<>();
            for (Recorded run : some) {
                pack(run).ifPresent(packed -> checkpoints.put(run, packed));
            }
            List<Step> steps = new ArrayList<>(some.size());
            Transactions.write(connection, () -> {
                for (Recorded run : some) {
                    steps.add(write(run, detail, checkpoints.get(run)));
                }
            });
            steps.forEach(this::noted);
        }
        synchronized (lock) {
            wroteAt = Instant.now();
        }
        written.accept(Duration.ofNanos(System.nanoTime() - began));
    }

    /** A checkpoint as bytes. */
    private static final class Packed {
        final CheckpointDraft draft;
        final byte[] data;

        Packed(CheckpointDraft draft, byte[] data) {
            this.draft = draft;
            this.data = data;
        }
    }

    /** Outside the transaction, and before the run's news are taken: those then reach at least as far as the checkpoint. */
    private Optional<Packed> pack(Recorded run) {
        CheckpointDraft draft;
        synchronized (lock) {
            draft = run.checkpoint;
        }
        if (draft == null) {
            return Optional.empty();
        }
        long began = System.nanoTime();
        Optional<byte[]> data = draft.bytes().get();
        long took = System.nanoTime() - began;
        run.restUntil = System.nanoTime()
                + Math.max(
                        SHARE * Math.min(took, run.packing),
                        data.map(bytes -> bytes.length).orElse(0) * NANOS_PER_BYTE);
        run.packing = took;
        if (data.isPresent()) {
            run.log.checkpointed(new Checkpointed(draft.iteration(), draft.time()));
        } else {
            packed(run, draft);
        }
        return data.map(bytes -> new Packed(draft, bytes));
    }

    private void packed(Recorded run, CheckpointDraft draft) {
        synchronized (lock) {
            run.checkpoint = draft.equals(run.checkpoint) ? null : run.checkpoint;
        }
    }

    private Step write(Recorded run, DetailRows detail, Packed checkpoint) throws SQLException {
        String id = run.log.header().id();
        Increment news = run.log.increment(run.saved);
        run.pending.addAll(news.recent());
        if (run.pending.size() > 1) {
            SeriesBlock joined = SeriesBlock.joined(run.pending, 0);
            joined.fit(DetailRows.FULL);
            run.pending.clear();
            run.pending.add(joined);
        }
        long key = run.key == 0 ? rows.insert(run.log.header(), owners.self()) : run.key;
        rows.write(key, id, news);
        for (Rewind rewind : news.rewinds()) {
            detail.rewind(key, rewind);
            run.pending.forEach(block -> block.rewind(rewind));
        }
        for (Replaced gone : news.replaced()) {
            RunRows.attach(
                    connection, id, Replaced.name(gone.attempt()), gone.rows().write());
            RunRows.detach(connection, key, Replaced.name(gone.attempt() - Replaced.KEPT));
        }
        for (SeriesBlock block : run.pending) {
            if (block.rows() > 0) {
                detail.write(key, block);
            }
        }
        if (checkpoint != null) {
            CheckpointRows.write(connection, key, checkpoint.draft, checkpoint.data);
        }
        boolean ended = news.status().ended();
        if (ended && !RunStatus.canResume(news.status().state())) {
            CheckpointRows.clear(connection, key);
        }
        return new Step(run, key, news, attached(run, ended), checkpoint == null ? null : checkpoint.draft);
    }

    /** Writes what is kept beside the events where it is due; returns the version that is written. */
    private long attached(Recorded run, boolean ended) throws SQLException {
        Optional<Attachment> attachment = run.log.attachment();
        if (attachment.isEmpty()) {
            return run.attached;
        }
        long version = attachment.get().version();
        boolean due = ended || run.attached < 0 || System.nanoTime() - run.attachedAt >= ATTACHMENTS.toNanos();
        if (version == run.attached || !due) {
            return run.attached;
        }
        RunRows.attach(
                connection,
                run.log.header().id(),
                Attachment.PATH,
                attachment.get().content());
        return version;
    }

    private void noted(Step step) {
        Recorded run = step.run;
        run.key = step.key;
        run.saved = step.news.last();
        run.savedForAll = run.saved;
        run.pending.clear();
        if (run.attached != step.attached) {
            run.attached = step.attached;
            run.attachedAt = System.nanoTime();
        }
        run.log.taken(run.saved);
        if (step.checkpoint != null) {
            packed(run, step.checkpoint);
        }
        synchronized (lock) {
            long missed = step.news.missed() - run.missed;
            eventsMissed += missed;
            missedAt = missed > 0 ? Instant.now() : missedAt;
            run.missed = step.news.missed();
            if (step.news.status().ended() && run.log.last() == run.saved) {
                recorded.remove(run.log.header().id());
            }
        }
    }

    /** Does something with the database on the writer's thread, soon, and again if it fails. */
    void errand(Errand errand) {
        synchronized (lock) {
            errands.add(errand);
            wake = true;
            lock.notifyAll();
        }
        flush();
    }

    /** What is known of an ended run need not be written any more. */
    void forget(String id) {
        synchronized (lock) {
            recorded.remove(id);
        }
    }

    private void runErrands() throws SQLException {
        while (true) {
            Errand next;
            synchronized (lock) {
                next = errands.peek();
            }
            if (next == null) {
                return;
            }
            Transactions.write(connection, () -> next.with(connection));
            synchronized (lock) {
                errands.remove();
            }
        }
    }

    /** Finds runs whose process is no more. */
    private void lookRound() throws SQLException, IOException {
        long now = System.nanoTime();
        if (lookedAt != 0 && now - lookedAt < LOOKING_ROUND.toNanos()) {
            return;
        }
        lookedAt = now;
        List<String> gone = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT DISTINCT owner FROM run WHERE ended = 0");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                if (!owners.alive(row.getString(1))) {
                    gone.add(row.getString(1));
                }
            }
        }
        for (String owner : gone) {
            lose(owner, false);
        }
    }

    private void lose(String owner, boolean orderly) throws SQLException {
        Map<String, RunStatus> live = new LinkedHashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id, status FROM run WHERE ended = 0 AND owner = ?")) {
            query.setString(1, owner);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    try {
                        live.put(row.getString(1), StoredJson.status(row.getString(2)));
                    } catch (MalformedEvent e) {
                        LOG.warn("the status of run {} cannot be read: {}", row.getString(1), e.getMessage());
                    }
                }
            }
        }
        Transactions.write(connection, () -> {
            for (Map.Entry<String, RunStatus> run : live.entrySet()) {
                RunRows.lose(connection, run.getKey(), run.getValue(), orderly);
            }
        });
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
        long bytes = 0;
        for (Path file : Database.files(settings.directory())) {
            try {
                bytes += Files.exists(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                LOG.debug("the size of {} is not known", file, e);
            }
        }
        synchronized (lock) {
            String sentence = trouble == null
                    ? "Runs are stored in " + settings.directory() + "."
                    : "Runs are not being stored, because " + trouble
                            + ". They go on, and are kept in memory; the store is tried again.";
            return new ArchiveStatus(
                    settings.directory().toString(),
                    trouble == null ? "writing" : "failing",
                    sentence,
                    bytes,
                    runs,
                    runsMissed,
                    eventsMissed,
                    new ArchiveStatus.More(
                            text(wroteAt),
                            lastTrouble,
                            text(troubleAt),
                            text(missedAt),
                            recorded.size(),
                            MOST_WAITING,
                            recorded.values().stream()
                                    .mapToLong(run -> run.log.last() - run.savedForAll)
                                    .sum(),
                            settings.maxAge().toSeconds(),
                            settings.maxBytes(),
                            text(oldest.orElse(null))));
        }
    }

    private static String text(Instant moment) {
        return moment == null ? null : moment.toString();
    }

    /** What has not ended will not. */
    private void shut() {
        try {
            if (connection != null) {
                lose(owners.self(), true);
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
                rows.close();
                connection.close();
            } catch (SQLException e) {
                LOG.debug("a connection could not be closed", e);
            }
            connection = null;
        }
    }
}
