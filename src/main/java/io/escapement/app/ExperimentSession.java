package io.escapement.app;

import io.escapement.experiment.Engine;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Report;
import io.escapement.experiment.Scope;
import io.escapement.experiment.record.Journal;
import io.escapement.experiment.record.ResultDocument;
import io.escapement.experiment.record.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An experiment performed in a directory, which holds the journal of its trials and the files of its results: what the command
 * line and the API share.
 *
 * @param jobs trials at once
 */
record ExperimentSession(Experiment experiment, Scope scope, int jobs, Path directory) {

    /**
     * What came of it.
     *
     * @param document the result, or null where the onlooker stopped it
     * @param written where the result is, or null likewise
     */
    record Conclusion(Engine.Collected collected, ResultDocument document, ResultFiles.Written written) {

        boolean stopped() {
            return document == null;
        }

        /** Whether all trials were done and nothing that ours must reach was missed. */
        boolean reached() {
            return !stopped() && collected.complete() && document.met();
        }
    }

    /**
     * Does the trials that the journal does not hold, and writes the result.
     *
     * @throws io.escapement.experiment.record.MalformedJournal if the journal cannot be read
     * @throws io.escapement.experiment.record.JournalInUse if another process performs an experiment there
     * @throws IOException if the directory cannot be written
     */
    Conclusion perform(Engine.Runs runs, Engine.Onlooker onlooker) throws IOException {
        try (Journal journal = Journal.open(directory)) {
            Engine.Collected collected = new Engine(journal, runs, jobs).perform(experiment, scope, onlooker);
            if (onlooker.stopped()) {
                return new Conclusion(collected, null, null);
            }
            Report report = experiment.report(collected.results());
            ResultDocument document = ResultDocument.of(experiment, scope, collected, report, Version.current());
            return new Conclusion(collected, document, ResultFiles.write(directory, document, collected.results()));
        }
    }
}
