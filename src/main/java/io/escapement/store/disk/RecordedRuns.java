package io.escapement.store.disk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs that are being written or wait for it, in the order in which they came. Thread-safe. */
final class RecordedRuns {

    /** Of more the oldest ended ones are given up: the disk has taken nothing for long. */
    static final int MOST = 2000;

    private final WriterHealth health;
    private final Map<String, RecordedRun> runs = new LinkedHashMap<>();

    /** @param health is told of runs that are given up */
    RecordedRuns(WriterHealth health) {
        this.health = health;
    }

    synchronized void add(RecordedRun run) {
        runs.put(run.id(), run);
        if (runs.size() > MOST) {
            giveUpOldest();
        }
    }

    private void giveUpOldest() {
        for (RecordedRun run : runs.values()) {
            if (run.log().ended()) {
                runs.remove(run.id());
                health.missedRun();
                return;
            }
        }
    }

    synchronized void remove(String id) {
        runs.remove(id);
    }

    synchronized Optional<RecordedRun> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** Those of which there is something to write. On the writer's thread. */
    synchronized List<RecordedRun> dirty() {
        return runs.values().stream().filter(RecordedRun::dirty).toList();
    }

    synchronized int size() {
        return runs.size();
    }

    /** Events of all of them that are not written yet. */
    synchronized long eventsWaiting() {
        return runs.values().stream().mapToLong(RecordedRun::eventsWaiting).sum();
    }
}
