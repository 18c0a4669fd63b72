package io.escapement.store.disk;

import io.escapement.event.RunEvent;
import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.store.Archive;
import io.escapement.store.ArchiveStatus;
import io.escapement.store.Attempt;
import io.escapement.store.Columns;
import io.escapement.store.Listed;
import io.escapement.store.Outlook;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.RunOrder;
import io.escapement.store.SeriesBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The runs in a directory: those of this process are written there, and all can be read. Thread-safe. */
public final class RunStore implements Archive, AutoCloseable {

    private final RunWriter writer;
    private final Shelf shelf;

    /**
     * Never fails: what is wrong is said once in the log and in {@link #status}, and tried again.
     *
     * @param written is told how long each write took, on a thread of the store's
     */
    public RunStore(StoreSettings settings, Consumer<Duration> written) {
        this(settings, Schema.CURRENT, written);
    }

    RunStore(StoreSettings settings, Schema schema, Consumer<Duration> written) {
        shelf = new Shelf(settings.directory());
        writer = new RunWriter(settings, schema, written, shelf);
    }

    /** Keeps a run that has had no event yet. */
    public void record(RunLog log) {
        writer.record(log);
    }

    /**
     * The same, and waits until it is written, for a program that is to be told of its run: that must be there after a kill. Does not wait
     * for a disk that takes nothing.
     */
    public void recordNow(RunLog log) {
        writer.record(log);
        if (!writer.failing()) {
            writer.flush();
        }
    }

    /**
     * Goes on keeping a run that has ended, because it is taken up again.
     *
     * @param log as {@link #find} gave it
     * @return whether it may be: not where another process has taken it up, or the log is not its newest
     */
    public boolean takeUp(RunLog log, Attempt attempt) {
        return mine(log, () -> log.takeUp(attempt));
    }

    /**
     * Goes on keeping a run of another program that was lost with an earlier process, because its program sends again.
     *
     * @param log as {@link #find} gave it
     * @param ages adds to each status what events alone do not tell
     * @return whether it may be: not where another process keeps it, or the log is not its newest
     */
    public boolean goOn(RunLog log, Outlook ages) {
        return mine(log, () -> log.goOn(ages));
    }

    private boolean mine(RunLog log, Runnable takeUp) {
        return !writer.failing()
                && writer.takeUp(log, () -> {
                    // First, or the shelf might make the log once more what the database has of it.
                    shelf.forget(log.header().id());
                    takeUp.run();
                });
    }

    /** Keeps a checkpoint of a run that goes on here, soon. */
    public void checkpoint(String id, CheckpointDraft draft) {
        writer.checkpoint(id).ifPresent(pending -> pending.bring(draft));
    }

    /** Whether the next checkpoint of a run had better wait. */
    public boolean checkpointing(String id) {
        return writer.checkpoint(id).map(PendingCheckpoint::busy).orElse(true);
    }

    /** The checkpoints of a run, the newest first; at most two. */
    public List<StoredCheckpoint> checkpoints(String id) {
        writer.awaitOpened();
        return shelf.checkpoints(id);
    }

    /**
     * Runs in order of id, the newest first.
     *
     * @param before only ids below this one; null for all
     */
    public List<Listed> list(String before, int limit, RunFilter filter) {
        RunOrder.Place after = before == null ? null : new RunOrder.Place(before, before);
        return page(filter, RunOrder.NEWEST_FIRST, after, Set.of(), limit);
    }

    @Override
    public List<Listed> page(RunFilter filter, RunOrder order, RunOrder.Place after, Set<String> except, int limit) {
        writer.awaitOpened();
        return shelf.page(filter, order, after, except, limit);
    }

    @Override
    public Map<RunState, Long> count(RunFilter filter, Set<String> except) {
        writer.awaitOpened();
        return shelf.count(filter, except);
    }

    @Override
    public List<Listed> named(Set<String> ids) {
        writer.awaitOpened();
        return shelf.named(ids);
    }

    @Override
    public long escapesSince(Instant moment, Set<String> except) {
        writer.awaitOpened();
        return shelf.escapesSince(moment, except);
    }

    @Override
    public Optional<RunLog> find(String id) {
        Optional<RunLog> here = writer.unsaved(id);
        if (here.isPresent()) {
            return here;
        }
        writer.awaitOpened();
        return shelf.find(id);
    }

    @Override
    public List<RunEvent> findings(String id) {
        Optional<RunLog> here = writer.unsaved(id);
        if (here.isPresent()) {
            return here.get().findings();
        }
        writer.awaitOpened();
        return shelf.findings(id);
    }

    @Override
    public Optional<Columns> detail(String id, Set<String> names, long fromIteration, long toIteration, int points) {
        writer.awaitOpened();
        return shelf.detail(id, names, fromIteration, toIteration, points);
    }

    /** Reads the blocks of detail of a run, in order. */
    public void detail(String id, Consumer<SeriesBlock> reader) {
        writer.awaitOpened();
        shelf.detail(id, reader);
    }

    /** Reads every landmark of a run, in order, as JSON. */
    public void landmarks(String id, Consumer<String> reader) {
        writer.awaitOpened();
        shelf.landmarks(id, reader);
    }

    @Override
    public Optional<byte[]> attachment(String id, String name) {
        writer.awaitOpened();
        return shelf.attachment(id, name);
    }

    @Override
    public void attach(String id, String name, byte[] content) {
        writer.errand(connection -> RunRows.attach(connection, id, name, content));
    }

    @Override
    public void label(RunHeader labelled) {
        writer.errand(connection -> RunRows.label(connection, labelled));
    }

    @Override
    public void delete(String id) {
        writer.forget(id);
        writer.errand(connection -> RunRows.delete(connection, id));
        shelf.forget(id);
    }

    @Override
    public ArchiveStatus status() {
        return writer.status(shelf.count(), shelf.oldest());
    }

    /** Something has happened that had better be written soon. */
    public void hurry() {
        writer.hurry();
    }

    /** Waits until all that has happened so far is written, or could not be. */
    public void flush() {
        writer.flush();
    }

    /** Waits for one attempt to write. */
    void attempt() {
        writer.await(1);
    }

    /** Writes what is left. A run that has not ended by then is lost. */
    @Override
    public void close() {
        writer.close();
        shelf.close();
    }
}
