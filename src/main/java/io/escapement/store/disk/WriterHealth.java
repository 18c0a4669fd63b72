package io.escapement.store.disk;

import io.escapement.store.ArchiveStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the writing goes: whether it does, since when something was last written, and what had to be given up. What changes is said
 * once in the log. Thread-safe.
 */
final class WriterHealth {

    private static final Logger LOG = LoggerFactory.getLogger(WriterHealth.class);

    private final StoreSettings settings;

    /** Null while runs are being written. */
    private String trouble;

    private Instant wroteAt;
    private String lastTrouble;
    private Instant troubleAt;
    private long runsMissed;
    private long eventsMissed;
    private Instant missedAt;

    WriterHealth(StoreSettings settings) {
        this.settings = settings;
    }

    /** @param why to be read after "because" */
    synchronized void failed(String why) {
        boolean news = !why.equals(trouble);
        trouble = why;
        lastTrouble = why;
        troubleAt = Instant.now();
        if (news) {
            LOG.warn(notStored());
        }
    }

    /** An attempt went through. */
    synchronized void recovered() {
        if (trouble != null) {
            trouble = null;
            LOG.info("Runs are being stored again in {}.", settings.directory());
        }
    }

    synchronized boolean failing() {
        return trouble != null;
    }

    /** Something was written. */
    synchronized void wrote() {
        wroteAt = Instant.now();
    }

    /** An ended run was given up. */
    synchronized void missedRun() {
        runsMissed++;
        missedAt = Instant.now();
    }

    /** So many landmarks were. */
    synchronized void missedEvents(long more) {
        if (more > 0) {
            eventsMissed += more;
            missedAt = Instant.now();
        }
    }

    /**
     * All of it, for people.
     *
     * @param runs kept
     * @param oldest when the oldest of them began
     * @param runsWaiting that are being written or wait for it; at most {@code mostWaiting}
     * @param eventsWaiting of those runs
     */
    ArchiveStatus status(long runs, Optional<Instant> oldest, long runsWaiting, long mostWaiting, long eventsWaiting) {
        long bytes = bytes();
        synchronized (this) {
            return new ArchiveStatus(
                    settings.directory().toString(),
                    trouble == null ? "writing" : "failing",
                    trouble == null ? "Runs are stored in " + settings.directory() + "." : notStored(),
                    bytes,
                    runs,
                    runsMissed,
                    eventsMissed,
                    new ArchiveStatus.More(
                            text(wroteAt),
                            lastTrouble,
                            text(troubleAt),
                            text(missedAt),
                            runsWaiting,
                            mostWaiting,
                            eventsWaiting,
                            settings.maxAge().toSeconds(),
                            settings.maxBytes(),
                            text(oldest.orElse(null))));
        }
    }

    private String notStored() {
        return "Runs are not being stored, because " + trouble
                + ". They go on, and are kept in memory; the store is tried again.";
    }

    private long bytes() {
        long bytes = 0;
        for (Path file : Database.files(settings.directory())) {
            try {
                bytes += Files.exists(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                LOG.debug("the size of {} is not known", file, e);
            }
        }
        return bytes;
    }

    private static String text(Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
