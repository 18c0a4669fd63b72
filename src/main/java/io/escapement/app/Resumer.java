package io.escapement.app;

import io.escapement.run.PathBytes;
import io.escapement.run.Run;
import io.escapement.run.codec.MalformedState;
import io.escapement.store.Attachment;
import io.escapement.store.Attempt;
import io.escapement.store.Listed;
import io.escapement.store.RunLog;
import io.escapement.store.RunStatus;
import io.escapement.store.disk.RunStore;
import io.escapement.store.disk.StoredCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes stored runs up again that were lost, stopped or failed: makes them again and goes on from their newest good checkpoint. */
final class Resumer {

    private static final Logger LOG = LoggerFactory.getLogger(Resumer.class);

    private final LiveRuns runs;

    /** Null where nothing is stored. */
    private final RunStore store;

    Resumer(LiveRuns runs, RunStore store) {
        this.runs = runs;
        this.store = store;
    }

    /**
     * A run that was taken up, and is still to be started.
     *
     * @param input the file it is about, or null
     * @param remarks for people: what is not as it was
     */
    record Resumed(Run run, RunLog log, PreparedRun prepared, DataRun input, Attempt attempt, List<String> remarks) {}

    /**
     * @param log as the catalogue or the store has it
     * @throws CannotResume saying why
     * @throws BadData if a file of the run has changed
     */
    synchronized Resumed takeUp(RunLog log) {
        RunStatus status = log.status();
        if (!status.ended()) {
            throw new CannotResume("goes on: it is " + status.state().label() + ", here or in another process");
        }
        if (!RunStatus.canResume(status.state())) {
            throw new CannotResume(
                    "has ended, " + status.state().label() + "; lost, cancelled and failed runs can be resumed");
        }
        if (store == null) {
            throw new CannotResume("is not stored (--store none), so it has no checkpoint");
        }
        store.flush();
        List<StoredCheckpoint> checkpoints = store.checkpoints(log.header().id());
        if (checkpoints.isEmpty()) {
            throw new CannotResume("has no checkpoint to go on from"
                    + (log.header().command().isBlank()
                            ? ""
                            : "; from the beginning: " + log.header().command()));
        }
        RepeatedRun again = RepeatedRun.of(log.header());
        return goOn(log, again, checkpoints, status.attempt() + 1);
    }

    private Resumed goOn(RunLog log, RepeatedRun again, List<StoredCheckpoint> checkpoints, int number) {
        List<String> remarks = new ArrayList<>();
        for (StoredCheckpoint checkpoint : checkpoints) {
            PreparedRun prepared;
            try {
                prepared = again.prepared().goingOn(log.header(), checkpoint.data(), number);
            } catch (MalformedState e) {
                remarks.add(
                        "the checkpoint at iteration " + checkpoint.iteration() + " cannot be used: " + e.getMessage());
                continue;
            }
            if (!checkpoint.version().equals(Version.current())) {
                remarks.add("the checkpoint was made by version " + checkpoint.version() + ", and this is "
                        + Version.current() + ": the run may end elsewhere than it would have");
            }
            Attempt attempt = new Attempt(number, checkpoint.iteration(), checkpoint.attempt(), checkpoint.seq());
            if (!store.takeUp(log, attempt)) {
                throw new CannotResume("was taken up by another process, or cannot be written: "
                        + store.status().sentence());
            }
            pathOfBefore(log, prepared, attempt, remarks);
            remarks.forEach(remark -> LOG.warn("Run {}: {}", log.header().id(), remark));
            return new Resumed(
                    runs.createAgain(prepared, log), log, prepared, again.input(), attempt, List.copyOf(remarks));
        }
        throw new CannotResume("has no checkpoint that could be used: " + String.join("; ", remarks));
    }

    /** A picture of the path shows the attempts as one. */
    private void pathOfBefore(RunLog log, PreparedRun prepared, Attempt attempt, List<String> remarks) {
        Optional<byte[]> kept = store.attachment(log.header().id(), Attachment.PATH);
        if (prepared.path().isEmpty() || kept.isEmpty()) {
            return;
        }
        try {
            prepared.path().get().goOn(PathBytes.read(kept.get()), attempt.iteration());
        } catch (IllegalArgumentException e) {
            remarks.add("the path before the checkpoint cannot be read: " + e.getMessage());
        }
    }

    /** The newest runs that can be resumed, newest first. */
    static List<Listed> candidates(List<Listed> newestFirst) {
        return newestFirst.stream().filter(run -> run.status().resumable()).toList();
    }

    /**
     * Takes up and starts a run for which nobody waits in this process.
     *
     * @throws CannotResume also where it is about files: a page must not make the server read or write any, and what is left to do with
     *     the final iterate is the command's
     */
    void resumeUnattended(RunLog log) {
        if (InputFiles.used(log.header().settings())) {
            throw new CannotResume("is about a file; on the command line it can be resumed: escapement resume "
                    + log.header().id());
        }
        runs.startUnattended(takeUp(log).run());
    }

    /**
     * The same with all that were lost and have a checkpoint.
     *
     * @param lost as the store lists them
     * @return in words what became of each
     */
    List<String> resumeAll(List<Listed> lost) {
        List<String> words = new ArrayList<>();
        for (Listed listed : candidates(lost)) {
            String id = listed.header().id();
            Optional<RunLog> log = store.find(id);
            if (log.isEmpty()) {
                continue;
            }
            try {
                resumeUnattended(log.get());
                words.add("run " + id + " goes on from iteration "
                        + log.get()
                                .status()
                                .attempts()
                                .get(log.get().status().attempts().size() - 1)
                                .iteration());
            } catch (CannotResume | BadData e) {
                words.add("run " + id + " " + e.getMessage());
            }
        }
        return words;
    }
}
