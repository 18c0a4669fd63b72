package io.escapement.app;

import io.escapement.sensing.completion.Centering;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of a run on a file. On the command line only: a page must not make the server read or write files. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "complete this matrix: CSV with empty, NA or NaN for what is missing, or Matrix Market;"
                    + " .gz is read too")
    Path data;

    @Option(
            names = "--case",
            paramLabel = "FILE",
            description =
                    "power network of this MATPOWER case file, version 2 (network alone: the built-in 14-bus system)")
    Path caseFile;

    @Option(
            names = "--hold-out",
            paramLabel = "FRACTION",
            defaultValue = "0.1",
            description = "of the observed entries, kept back to measure the error (${DEFAULT-VALUE})")
    double holdOut;

    @Option(
            names = "--center",
            paramLabel = "WHAT",
            defaultValue = "NONE",
            description = "taken off the entries first: none, or mean, which suits ratings (${DEFAULT-VALUE})")
    Centering center;

    @Option(
            names = "--psd",
            description = "fit a symmetric positive semidefinite matrix; the file must hold a symmetric one")
    boolean psd;

    @Option(names = "--out", paramLabel = "FILE", description = "write the completed matrix here")
    Path out;
}
