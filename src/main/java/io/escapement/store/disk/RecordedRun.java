package io.escapement.store.disk;

import io.escapement.store.ArrivalsJson;
import io.escapement.store.Attachment;
import io.escapement.store.Increment;
import io.escapement.store.Replaced;
import io.escapement.store.Rewind;
import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import io.escapement.store.SeriesBlock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run that is being written: how far the disk has it, and what was taken from its log and is not there. What is not said to be
 * for any thread is the writer's thread's own.
 */
final class RecordedRun {

    /** Between two writes of what is kept beside a run's events while it goes on: it is written whole each time. */
    private static final Duration ATTACHMENTS = Duration.ofSeconds(30);

    private final RunLog log;
    private final PendingCheckpoint checkpoint = new PendingCheckpoint();

    /** 0 until it has a row. */
    private long key;

    /** Index of the newest event that is written; −1 for none. For any thread, though only the writer's sets it. */
    private volatile long saved = -1;

    /** Landmarks of the log that went before they could be written, as far as they are counted. */
    private long missed;

    /** Version of the attachment that is written, and when. */
    private long attached = -1;

    private long attachedAt;

    /** Detail that was taken from the log and not written. */
    private final List<SeriesBlock> pending = new ArrayList<>();

    /**
     * What a transaction wrote of a run, to be noted when it is through.
     *
     * @param gone whether the run is not there any more, because somebody has deleted it
     */
    record Written(RecordedRun run, long key, Increment news, long attached, boolean gone) {}

    /** Without a row yet. */
    RecordedRun(RunLog log) {
        this.log = log;
    }

    /** One whose row is there and has everything. */
    static RecordedRun takenUp(RunLog log, long key) {
        RecordedRun run = new RecordedRun(log);
        run.key = key;
        run.saved = log.last();
        return run;
    }

    /** For any thread. */
    String id() {
        return log.header().id();
    }

    /** For any thread. */
    RunLog log() {
        return log;
    }

    /** For any thread. */
    PendingCheckpoint checkpoint() {
        return checkpoint;
    }

    /** Events that are not written yet. For any thread. */
    long eventsWaiting() {
        return log.last() - saved;
    }

    /** Whether there is anything to write. */
    boolean dirty() {
        return key == 0 || eventsWaiting() != 0 || !pending.isEmpty() || checkpoint.waits();
    }

    /**
     * Writes what is new of it, and what {@link PendingCheckpoint#pack} has packed. Within a transaction of the caller's, who
     * calls {@link #noted} when that is through, and this again if it is not.
     *
     * @param owner of the row, where this makes it
     */
    Written write(Connection connection, RunRows rows, DetailRows detail, String owner) throws SQLException {
        Increment news = log.increment(saved);
        addDetail(news);
        long row = key == 0 ? rows.insert(log.header(), owner) : key;
        if (!rows.write(row, id(), news)) {
            return new Written(this, row, news, attached, true);
        }
        for (Rewind rewind : news.rewinds()) {
            detail.rewind(row, rewind);
        }
        for (Replaced gone : news.replaced()) {
            RunRows.attach(
                    connection, id(), Replaced.name(gone.attempt()), gone.rows().write());
            RunRows.detach(connection, row, Replaced.name(gone.attempt() - Replaced.KEPT));
        }
        for (SeriesBlock block : pending) {
            if (block.rows() > 0) {
                detail.write(row, block);
            }
        }
        if (news.arrivals() != null) {
            RunRows.attach(connection, id(), ArrivalsJson.NAME, ArrivalsJson.write(news.arrivals()));
        }
        checkpoint.write(connection, row);
        boolean ended = news.status().ended();
        if (ended && !RunStatus.canResume(news.status().state())) {
            CheckpointRows.clear(connection, row);
        }
        return new Written(this, row, news, attach(connection, ended), false);
    }

    /** What was rewritten goes before blocks become one: in a bucket of two it could not be told apart any more. */
    private void addDetail(Increment news) {
        pending.addAll(news.recent());
        news.rewinds().forEach(rewind -> pending.forEach(block -> block.rewind(rewind)));
        if (pending.size() > 1) {
            SeriesBlock joined = SeriesBlock.joined(pending, 0);
            joined.fit(DetailRows.FULL);
            pending.clear();
            pending.add(joined);
        }
    }

    /** Writes what is kept beside the events where it is due; returns the version that is written. */
    private long attach(Connection connection, boolean ended) throws SQLException {
        Optional<Attachment> attachment = log.attachment();
        if (attachment.isEmpty()) {
            return attached;
        }
        long version = attachment.get().version();
        boolean due = ended || attached < 0 || System.nanoTime() - attachedAt >= ATTACHMENTS.toNanos();
        if (version == attached || !due) {
            return attached;
        }
        RunRows.attach(connection, id(), Attachment.PATH, attachment.get().content());
        return version;
    }

    /** Notes what is on the disk now; returns how many landmarks more went before they could be. */
    long noted(Written written) {
        key = written.key;
        saved = written.news.last();
        pending.clear();
        if (attached != written.attached) {
            attached = written.attached;
            attachedAt = System.nanoTime();
        }
        log.taken(saved);
        checkpoint.written();
        long more = written.news.missed() - missed;
        missed = written.news.missed();
        return more;
    }
}
