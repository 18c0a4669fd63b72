package io.escapement.app;

import io.escapement.experiment.Experiment;
import io.escapement.experiment.record.ResultFiles;
import io.escapement.experiment.study.Experiments;
import io.escapement.web.ExperimentShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where results lie: experiments/ID in the working directory, unless a command of this process has them elsewhere. */
final class ExperimentFiles implements ExperimentShelf {

    private static final Path ROOT = Path.of("experiments");

    private final Map<String, Path> elsewhere = new ConcurrentHashMap<>();

    static Path directory(String id) {
        return ROOT.resolve(id);
    }

    void put(String id, Path directory) {
        elsewhere.put(id, directory);
    }

    @Override
    public List<Entry> experiments() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Experiment experiment : Experiments.all()) {
            entries.add(new Entry(
                    experiment.id(),
                    experiment.title(),
                    experiment.source(),
                    experiment.trials(false),
                    newest(experiment.id()).isPresent()));
        }
        return entries;
    }

    @Override
    public Optional<String> latest(String id) throws IOException {
        // Only known names lead to the disk.
        Optional<Path> file = Experiments.find(id).isPresent() ? newest(id) : Optional.empty();
        return file.isPresent() ? Optional.of(Files.readString(file.get())) : Optional.empty();
    }

    private Optional<Path> newest(String id) throws IOException {
        return ResultFiles.latest(elsewhere.getOrDefault(id, directory(id)), id);
    }
}
