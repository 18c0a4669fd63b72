package io.escapement.experiment.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a result: {@code ID-seedS-trialsN[-quick].json}, and as CSV the table ({@code .csv}), every trial ({@code
 * -trials.csv}) and the curves where there are any ({@code -curves.csv}). A file of that name with other figures is not
 * overwritten but kept under a numbered one.
 */
public final class ResultFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultFiles() {}

    /**
     * @param kept where an older result with other figures went, or null
     */
    public record Written(List<Path> files, Path kept) {
        public Written {
            files = List.copyOf(files);
        }
    }

    public static Written write(Path directory, ResultDocument document, Results results) throws IOException {
        String stem = document.experiment() + "-seed" + document.seed() + "-trials" + document.trials()
                + (document.quick() ? "-quick" : "");
        Path main = directory.resolve(stem + ".json");
        Path kept = Files.exists(main) && !sameFigures(main, document) ? setAside(directory, stem) : null;
        List<Path> files = new ArrayList<>();
        files.add(write(main, document.pretty() + "\n"));
        files.add(write(directory.resolve(stem + ".csv"), Csv.comparisons(document.comparisons())));
        files.add(write(directory.resolve(stem + "-trials.csv"), trials(results)));
        List<List<String>> curves = curves(document);
        if (curves.size() > 1) {
            files.add(write(directory.resolve(stem + "-curves.csv"), Csv.text(curves)));
        }
        return new Written(files, kept);
    }

    private static boolean sameFigures(Path file, ResultDocument document) throws IOException {
        try {
            JsonNode old = JSON.readTree(Files.readString(file));
            return old instanceof ObjectNode object
                    && ResultDocument.withoutClocks(object)
                            .equals(JSON.readTree(document.figuresOnly().toString()));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Moves all files of a result to the first free number; returns the new name of the JSON. */
    private static Path setAside(Path directory, String stem) throws IOException {
        int number = 1;
        while (Files.exists(directory.resolve(stem + ".old" + number + ".json"))) {
            number++;
        }
        for (String ending : List.of(".json", ".csv", "-trials.csv", "-curves.csv")) {
            Path file = directory.resolve(stem + ending);
            if (Files.exists(file)) {
                Files.move(file, directory.resolve(stem + ".old" + number + ending));
            }
        }
        return directory.resolve(stem + ".old" + number + ".json");
    }

    private static Path write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String trials(Results results) {
        Set<String> labels = new LinkedHashSet<>();
        Set<String> figures = new TreeSet<>();
        for (Results.Sample sample : results.samples()) {
            labels.addAll(sample.cell().labels().keySet());
            sample.outcomes()
                    .values()
                    .forEach(outcome -> figures.addAll(outcome.figures().keySet()));
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.of(
                        labels.stream(),
                        Stream.of("seed", "state", "verdict"),
                        figures.stream(),
                        Stream.of("seconds", "run"))
                .flatMap(names -> names)
                .toList());
        for (Results.Sample sample : results.samples()) {
            for (Map.Entry<Long, Outcome> trial : sample.outcomes().entrySet()) {
                Outcome outcome = trial.getValue();
                List<String> row = new ArrayList<>();
                labels.forEach(label -> row.add(Csv.orEmpty(sample.label(label))));
                row.add(trial.getKey().toString());
                row.add(outcome.state().label());
                row.add(outcome.verdict());
                figures.forEach(name -> row.add(Csv.orEmpty(outcome.figures().get(name))));
                row.add(Double.toString(outcome.seconds()));
                row.add(Csv.orEmpty(outcome.run()));
                rows.add(row);
            }
        }
        return Csv.text(rows);
    }

    private static List<List<String>> curves(ResultDocument document) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "curve", "x", "y"));
        for (Figure figure : document.figures()) {
            if (figure instanceof Figure.Curves curves) {
                for (Curve curve : curves.series()) {
                    for (int i = 0; i < curve.x().size(); i++) {
                        rows.add(List.of(
                                curves.title(),
                                curve.name(),
                                curve.x().get(i).toString(),
                                curve.y().get(i).toString()));
                    }
                }
            } else if (figure instanceof Figure.Scatter scatter) {
                for (Figure.Points points : scatter.series()) {
                    for (int i = 0; i < points.x().size(); i++) {
                        rows.add(List.of(
                                scatter.title(),
                                points.name(),
                                points.x().get(i).toString(),
                                points.y().get(i).toString()));
                    }
                }
            }
        }
        return rows;
    }

    /** The newest result in a directory. */
    public static Optional<Path> latest(Path directory, String experiment) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(experiment + "-seed")
                                && name.endsWith(".json")
                                && !name.contains(".old");
                    })
                    .max((a, b) -> modified(a).compareTo(modified(b)));
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
