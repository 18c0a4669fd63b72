package io.escapement.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command writes what it makes of a run. */
final class OutFile {

    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = STANDARD_OUTPUT,
            description = "where it goes; -: standard output (${DEFAULT-VALUE})")
    private String file;

    /** What is written. */
    @FunctionalInterface
    interface Content {
        void to(OutputStream stream) throws IOException;
    }

    void write(PrintStream out, Content content) throws IOException {
        if (file.equals(STANDARD_OUTPUT)) {
            content.to(out);
            out.flush();
            return;
        }
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(Path.of(file)))) {
            content.to(stream);
        }
    }

    SetupProblem unwritable(Exception why) {
        return new SetupProblem("--out is " + file + ", which cannot be written: " + FileTrouble.words(why), why);
    }
}
