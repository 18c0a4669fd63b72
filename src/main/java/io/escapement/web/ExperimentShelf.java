package io.escapement.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Experiments, their results, and those that are being performed, for the API. Called on worker threads. */
public interface ExperimentShelf {

    /**
     * @param trials in each cell of the full version
     * @param hasResult whether there is a result of it to be shown; the next four are null where there is none
     * @param met whether everything that ours must reach was reached
     * @param complete whether all its trials were done
     * @param quick whether it is of the quick version
     * @param finished when it was put together, UTC
     * @param running how far it is, or null while it is not being performed
     * @param error why the last start came to nothing, as a sentence, or null
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Entry(
            String id,
            String title,
            String source,
            int trials,
            boolean hasResult,
            Boolean met,
            Boolean complete,
            Boolean quick,
            String finished,
            Running running,
            String error) {}

    /**
     * @param reused trials taken over from an earlier session
     * @param secondsLeft null while that is not known
     * @param state running or stopping
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Running(int done, int total, int reused, Long secondsLeft, String state) {}

    /**
     * A finished trial.
     *
     * @param cell key of its cell, its labels as "n = 40, escape = none"
     * @param run id of the run that it was, or null where that was not kept
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Trial(
            String cell,
            long seed,
            String run,
            String state,
            String verdict,
            boolean success,
            Map<String, Double> figures,
            double seconds) {}

    /**
     * What is to be performed.
     *
     * @param trials in each cell, or null for the experiment's own number
     * @param seed of the first trial, or null likewise
     * @param jobs trials at once, or null for one a processor
     */
    record Wish(boolean quick, Long trials, Long seed, Long jobs) {}

    enum Started {
        STARTED,
        /** An experiment is being performed already. */
        BUSY,
        UNKNOWN
    }

    List<Entry> experiments() throws IOException;

    /** The newest result as JSON, or empty where there is none or no such experiment. */
    Optional<String> latest(String id) throws IOException;

    /**
     * Finished trials in the order in which they ended, or empty where there is no such experiment.
     *
     * @param cell key of the cell, or null for all
     */
    Optional<List<Trial>> trials(String id, String cell) throws IOException;

    /** @throws InvalidRequest if a number is out of range */
    Started start(String id, Wish wish) throws InvalidRequest;

    /** Asks for the end of a performance; returns whether there is one. */
    boolean stop(String id);
}
