package io.escapement.app;

import io.escapement.store.Listed;
import io.escapement.store.RunFilter;
import io.escapement.store.RunLog;
import io.escapement.store.disk.RunStore;
import io.escapement.store.disk.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The store, opened by a command that reads it. */
final class StoredRuns implements AutoCloseable {

    private static final String NEWEST = "last";
    private static final int CANDIDATES = 6;

    private final Path directory;
    private final RunStore store;

    StoredRuns(StorePlace place) {
        this(place.directory()
                .orElseThrow(() -> new InvalidOption("--store", "is none; the directory of the runs is needed")));
    }

    private StoredRuns(Path directory) {
        this(directory, new RunStore(StoreSettings.in(directory), took -> {}));
    }

    /** @param store in this directory; closed with this */
    StoredRuns(Path directory, RunStore store) {
        this.directory = directory;
        this.store = store;
    }

    RunStore store() {
        return store;
    }

    List<Listed> list(int limit, RunFilter filter) {
        List<Listed> runs = store.list(null, limit, filter);
        if (store.status().state().equals("failing")) {
            throw new SetupProblem(store.status().sentence(), null);
        }
        return runs;
    }

    /** By its id, the beginning or end of it, or "last". */
    RunLog find(String name) {
        Optional<RunLog> exact = store.find(name);
        if (exact.isPresent()) {
            return exact.get();
        }
        List<String> ids = name.equals(NEWEST)
                ? list(1, RunFilter.ALL).stream().map(run -> run.header().id()).toList()
                : list(CANDIDATES, new RunFilter(null, name)).stream()
                        .map(run -> run.header().id())
                        .filter(id -> id.regionMatches(true, 0, name, 0, name.length())
                                || id.regionMatches(true, id.length() - name.length(), name, 0, name.length()))
                        .toList();
        if (ids.size() > 1) {
            throw new InvalidOption(
                    "RUN", "is '" + name + "', which fits " + String.join(", ", ids) + "; one is needed");
        }
        return ids.stream().findFirst().flatMap(store::find).orElseThrow(() -> unknown(name));
    }

    private InvalidOption unknown(String name) {
        if (list(1, RunFilter.ALL).isEmpty()) {
            return new InvalidOption("RUN", "is '" + name + "', and there is no run in " + directory);
        }
        return new InvalidOption(
                "RUN",
                "is '" + name + "', which is no run in " + directory
                        + "; an id, its beginning or end, or last would be valid: escapement runs lists them");
    }

    @Override
    public void close() {
        store.close();
    }
}
