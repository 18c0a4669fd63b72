package io.escapement.experiment.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.escapement.experiment.Ledger;
import io.escapement.experiment.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finished trials in a file, one JSON object a line, appended and never changed. A line is in the hands of the operating system
 * when {@link #append} returns, so it survives the end of the process, however sudden. A last line without its end was being
 * written when that came: it is cut off and its trial done again. Numbers read back to the bit.
 *
 * <p>One process at a time: the file is locked.
 */
public final class Journal implements Ledger, AutoCloseable {

    /** Within the directory of an experiment. */
    public static final String NAME = "journal.ndjson";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** One line. */
    private record Line(
            String experiment, int version, Map<String, String> settings, String cell, long seed, Outcome outcome) {
        Key key() {
            return new Key(experiment, version, settings == null ? Map.of() : settings, cell, seed);
        }
    }

    private final FileChannel file;
    private final Map<Key, Outcome> outcomes = new HashMap<>();

    private Journal(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens the journal of a directory, which is made where it does not exist.
     *
     * @throws MalformedJournal if a line other than the last cannot be read
     * @throws JournalInUse if another process has it open
     * @throws IOException if the directory cannot be made or the file not be opened
     */
    public static Journal open(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path path = directory.resolve(NAME);
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Journal journal = new Journal(file);
        try {
            journal.lock(path);
            journal.read(path);
            return journal;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** A finished trial. */
    public record Trial(Key key, Outcome outcome) {}

    /**
     * The finished trials in a directory, in the order in which they ended, without locking it: another process may be adding to
     * them.
     *
     * @throws MalformedJournal if a line other than the last cannot be read
     */
    public static List<Trial> trials(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        List<Trial> trials = new ArrayList<>();
        if (Files.isRegularFile(path)) {
            eachLine(path, line -> trials.add(new Trial(line.key(), line.outcome())));
        }
        return trials;
    }

    private void lock(Path path) throws IOException {
        try {
            if (file.tryLock() == null) {
                throw new JournalInUse(path);
            }
        } catch (OverlappingFileLockException e) {
            throw new JournalInUse(path);
        }
    }

    private void read(Path path) throws IOException {
        long end = eachLine(path, line -> outcomes.put(line.key(), line.outcome()));
        file.truncate(end);
        file.position(end);
    }

    /** Returns where the last whole line ends. */
    private static int eachLine(Path path, Consumer<Line> reader) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int start = 0;
        long number = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                number++;
                reader.accept(line(path, number, new String(bytes, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        return start;
    }

    private static Line line(Path path, long number, String text) {
        Line line;
        try {
            line = JSON.readValue(text, Line.class);
        } catch (JsonProcessingException e) {
            throw new MalformedJournal(path, number, "this is no trial: " + e.getOriginalMessage());
        }
        if (line == null || line.experiment() == null || line.cell() == null || line.outcome() == null) {
            throw new MalformedJournal(path, number, "this is no trial: experiment, cell and outcome are needed");
        }
        return line;
    }

    @Override
    public synchronized Optional<Outcome> find(Key key) {
        return Optional.ofNullable(outcomes.get(key));
    }

    @Override
    public synchronized void append(Key key, Outcome outcome) {
        Line line = new Line(key.experiment(), key.version(), key.settings(), key.cell(), key.seed(), outcome);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(JSON.writeValueAsBytes(line));
            bytes.write('\n');
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a finished trial cannot be written to the journal", e);
        }
        outcomes.put(key, outcome);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
