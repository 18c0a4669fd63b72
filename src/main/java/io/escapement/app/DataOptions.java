package io.escapement.app;

import io.escapement.sensing.data.Centering;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of a run on a file. On the command line only: a page must not make the server read or write files. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "a problem of your own; the content decides. A matrix to complete: CSV with empty, NA or NaN for"
                            + " what is missing; Matrix Market; a NumPy .npy matrix with NaN; NDJSON of [i, j, value] or"
                            + " {\"i\":…, \"j\":…, \"value\":…}. Measurements b_k of a low-rank matrix: a NumPy .npz of A"
                            + " (m, n1, n2) and b (m); NDJSON of {\"b\":…, \"terms\":[[i, j, c], …]} (sum of c*M_ij) or {\"b\":…,"
                            + " \"a\":[…]} or {\"b\":…, \"a\":{\"3\":…}} (a'Ma), of a symmetric M. Gzip is read too; - is standard"
                            + " input, for text")
    Path data;

    @Option(names = "--b", paramLabel = "FILE", description = "the values b of --data A.npy, as a NumPy .npy vector")
    Path b;

    @Option(
            names = "--index-base",
            paramLabel = "0|1",
            description = "number of the first row and column in NDJSON (0)")
    Integer indexBase;

    @Option(
            names = "--case",
            paramLabel = "FILE",
            description =
                    "power network of this MATPOWER case file, version 2 (network alone: the built-in 14-bus system)")
    Path caseFile;

    @Option(
            names = "--hold-out",
            paramLabel = "FRACTION",
            description =
                    "of the observed entries or the measurements, kept back to measure the error (0.1 of entries, 0 of"
                            + " measurements)")
    Double holdOut;

    @Option(
            names = "--center",
            paramLabel = "WHAT",
            defaultValue = "NONE",
            description = "taken off the entries first: none, or mean, which suits ratings (${DEFAULT-VALUE})")
    Centering center;

    @Option(
            names = "--psd",
            description =
                    "fit a symmetric positive semidefinite matrix; a matrix to complete must then be symmetric, and"
                            + " those of A square")
    boolean psd;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write the completed matrix here, in the format it came in (NDJSON: Matrix Market); of"
                    + " measurements the factor, a NumPy .npy array Z of r columns: M = ZZ' for a symmetric M, otherwise its"
                    + " first n1 rows times the others' transpose")
    Path out;
}
