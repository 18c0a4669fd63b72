package io.escapement.app;

import io.escapement.event.Arrivals;
import io.escapement.ingest.ExternalRun;
import io.escapement.store.Outlook;
import io.escapement.store.RunLog;
import io.escapement.store.disk.RunStore;
import io.escapement.web.ExternalDesk;
import java.util.Optional;
import java.util.Set;

/** The runs that other programs fed in earlier sessions, as the store has them. May read from a disk and wait for it. */
final class EarlierRuns {

    /** Null where nothing is stored. */
    private final RunStore store;

    EarlierRuns(RunStore store) {
        this.store = store;
    }

    /**
     * A run and what came of it.
     *
     * @param log as it is stored
     */
    record Earlier(RunLog log, ExternalRun.Before before) {}

    /**
     * A run that its program may go on with, or repeat what it has sent of it.
     *
     * @throws ExternalDesk.NotNow if another process has it
     */
    Optional<Earlier> find(String id) throws ExternalDesk.NotNow {
        RunLog log = store == null ? null : store.find(id).orElse(null);
        Arrivals.State arrivals = log == null ? null : log.arrivals().orElse(null);
        if (arrivals == null || !log.header().fed()) {
            return Optional.empty();
        }
        if (!log.ended()) {
            throw new ExternalDesk.NotNow("run '" + id + "' is fed through another process on this store; if that has"
                    + " ended, the run is free in a few seconds");
        }
        Set<String> figures =
                Set.copyOf(log.series(Set.of(), 0, Long.MAX_VALUE, 1).names());
        boolean stop = log.landmarks("message", -1, Integer.MAX_VALUE).stream()
                .anyMatch(mark -> ExternalRun.wishesStop(mark.event()));
        boolean over = !log.status().interrupted();
        return Optional.of(new Earlier(log, new ExternalRun.Before(arrivals, figures, stop, over)));
    }

    /**
     * The store goes on keeping it.
     *
     * @param ages adds to each status what events alone do not tell
     * @throws ExternalDesk.NotNow if another process has it by now, or the store cannot be written
     */
    void goOn(Earlier run, Outlook ages) throws ExternalDesk.NotNow {
        if (!store.goOn(run.log(), ages)) {
            throw new ExternalDesk.NotNow("run '" + run.log().header().id() + "' was taken up by another process, or"
                    + " cannot be written: " + store.status().sentence());
        }
    }
}
