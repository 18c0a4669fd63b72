package io.escapement.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.escapement.experiment.record.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where results lie: experiments/ID in the working directory, unless a command of this process has them elsewhere. Thread-safe. */
final class ExperimentFiles {

    private static final Path ROOT = Path.of("experiments");
    private static final JsonFactory JSON = new JsonFactory();

    /** What the list says of the newest result. */
    record Newest(boolean met, boolean complete, boolean quick, String finished) {}

    private record Read(Path file, FileTime modified, Newest newest) {}

    private final Map<String, Path> elsewhere = new ConcurrentHashMap<>();
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    static Path directory(String id) {
        return ROOT.resolve(id);
    }

    void put(String id, Path directory) {
        elsewhere.put(id, directory);
    }

    Path directoryOf(String id) {
        return elsewhere.getOrDefault(id, directory(id));
    }

    /** The newest result as JSON. */
    Optional<String> latest(String id) throws IOException {
        Optional<Path> file = file(id);
        return file.isPresent() ? Optional.of(Files.readString(file.get())) : Optional.empty();
    }

    /** The heading of the newest result; what cannot be read is none. */
    Optional<Newest> newest(String id) throws IOException {
        Optional<Path> found = file(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Path file = found.get();
        FileTime modified = Files.getLastModifiedTime(file);
        Read known = read.get(id);
        if (known == null || !known.file().equals(file) || !known.modified().equals(modified)) {
            known = new Read(file, modified, heading(file));
            read.put(id, known);
        }
        return Optional.ofNullable(known.newest());
    }

    private Optional<Path> file(String id) throws IOException {
        return ResultFiles.latest(directoryOf(id), id);
    }

    private static Newest heading(Path file) throws IOException {
        boolean met = false;
        boolean complete = false;
        boolean quick = false;
        String finished = null;
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "met" -> met = parser.getValueAsBoolean();
                    case "complete" -> complete = parser.getValueAsBoolean();
                    case "quick" -> quick = parser.getValueAsBoolean();
                    case "finished" -> finished = parser.getValueAsString();
                    default -> parser.skipChildren();
                }
            }
        }
        return new Newest(met, complete, quick, finished);
    }
}
