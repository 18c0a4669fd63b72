package io.escapement.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Experiments and their results, for the API. Called on worker threads. */
public interface ExperimentShelf {

    /**
     * @param hasResult whether there is a result of it to be shown
     */
    record Entry(String id, String title, String source, int trials, boolean hasResult) {}

    List<Entry> experiments() throws IOException;

    /** The newest result as JSON, or empty where there is none or no such experiment. */
    Optional<String> latest(String id) throws IOException;
}
