package io.escapement.app;

import io.escapement.sensing.file.CsvLayout;
import io.escapement.sensing.file.FileFormat;
import io.escapement.sensing.file.MalformedInput;
import io.escapement.sensing.file.ProblemFile;
import io.escapement.sensing.file.ProblemReader;
import io.escapement.sensing.network.CaseFile;
import io.escapement.sensing.network.PowerNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads the files that options name; what is wrong with them is {@link BadData}. */
final class DataInput {

    private static final String STANDARD_INPUT = "-";

    private DataInput() {}

    /** @throws BadData naming the file and the place in it */
    static ProblemFile read(DataOptions data) {
        if (data.indexBase != null) {
            Check.between("--index-base", data.indexBase, 0, 1);
        }
        ProblemReader reader =
                new ProblemReader(CsvLayout.Expected.AUTO, data.psd, data.indexBase == null ? 0 : data.indexBase);
        ProblemFile file = guarded(data.data, () -> {
            if (data.b != null) {
                return reader.read(data.data, data.b);
            }
            return data.data.toString().equals(STANDARD_INPUT)
                    ? reader.read(System.in, "standard input")
                    : reader.read(data.data);
        });
        if (data.indexBase != null && file.format() != FileFormat.NDJSON) {
            throw new InvalidOption(
                    "--index-base", "is " + data.indexBase + "; it is for NDJSON, and this is " + file.title());
        }
        return file;
    }

    /** @throws BadData naming the file, line and column */
    static PowerNetwork readCase(Path path) {
        return guarded(path, () -> CaseFile.read(path));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T guarded(Path path, Reading<T> reading) {
        try {
            return reading.read();
        } catch (MalformedInput e) {
            throw new BadData(e.getMessage(), e);
        } catch (IOException e) {
            throw new BadData(path + " cannot be read: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            // What was read so far is garbage by now, so that there is room again for saying so.
            throw new BadData(
                    String.format(
                            Locale.ROOT,
                            "%s does not fit into the %.3g GB of memory that this Java may use; start it with a larger"
                                    + " one, as java -Xmx8g",
                            path,
                            Runtime.getRuntime().maxMemory() / 1e9),
                    e);
        }
    }
}
