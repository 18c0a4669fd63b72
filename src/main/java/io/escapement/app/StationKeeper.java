package io.escapement.app;

import io.escapement.event.RunHeader;
import io.escapement.event.RunState;
import io.escapement.ingest.ExternalRun;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.disk.RunStore;
import io.escapement.store.export.RunExport;
import io.escapement.store.export.RunTable;
import io.escapement.web.RunKeeper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps the runs of a station for the API.
 *
 * @param store null where runs are kept in memory only
 */
record StationKeeper(RunCatalogue catalogue, RunStore store, ExternalRuns external) implements RunKeeper {

    @Override
    public Optional<RunHeader> label(String run, UnaryOperator<RunHeader> change) {
        return catalogue.label(run, change);
    }

    @Override
    public Deletion delete(String run) {
        Optional<RunLog> log = catalogue.find(run);
        if (log.isEmpty()) {
            return Deletion.UNKNOWN;
        }
        Optional<ExternalRun> fed = external.find(run);
        if (fed.isPresent() && log.get().status().state() == RunState.LOST) {
            fed.get().abandon("the run was deleted while nothing was heard of its program");
        }
        if (!log.get().ended()) {
            return Deletion.LIVE;
        }
        external.forget(run);
        catalogue.delete(run);
        return Deletion.DONE;
    }

    @Override
    public boolean export(String run, String format, OutputStream out) throws IOException {
        Optional<RunLog> log = catalogue.find(run);
        if (log.isEmpty()) {
            return false;
        }
        if (store != null && !log.get().ended()) {
            store.flush();
        }
        RunExport.of(format)
                .orElseThrow(() -> new IllegalArgumentException("format is '" + format + "'"))
                .write(new RunTable(store, log.get()), out);
        return true;
    }
}
