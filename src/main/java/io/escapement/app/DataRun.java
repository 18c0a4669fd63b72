package io.escapement.app;

import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SpectralStart;
import io.escapement.sensing.completion.MatrixCompletion;
import io.escapement.sensing.file.CompletedMatrixWriter;
import io.escapement.sensing.file.CsvLayout;
import io.escapement.sensing.file.MalformedInput;
import io.escapement.sensing.file.MatrixFile;
import io.escapement.sensing.network.CaseFile;
import io.escapement.sensing.network.PowerNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** A completion of a file: read and split before the run, measured and written after it. */
final class DataRun {

    private final DataOptions data;
    private final MatrixFile file;
    private final MatrixCompletion completion;
    private final double ridge;
    private final DMatrixRMaj x0;

    private DataRun(DataOptions data, MatrixFile file, MatrixCompletion completion, double ridge, DMatrixRMaj x0) {
        this.data = data;
        this.file = file;
        this.completion = completion;
        this.ridge = ridge;
        this.x0 = x0;
    }

    /** @throws BadData naming the file, line and column */
    static MatrixFile read(DataOptions data) {
        try {
            return MatrixFile.read(data.data, CsvLayout.Expected.AUTO);
        } catch (MalformedInput e) {
            throw new BadData(e.getMessage(), e);
        } catch (IOException e) {
            throw new BadData(data.data + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws BadData naming the file, line and column */
    static PowerNetwork readCase(Path path) {
        try {
            return CaseFile.read(path);
        } catch (MalformedInput e) {
            throw new BadData(e.getMessage(), e);
        } catch (IOException e) {
            throw new BadData(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Splits and scales a matrix for one run; the seed draws the split and the start. */
    static DataRun of(MatrixFile file, DataOptions data, RunOptions options) {
        Check.between("--hold-out", data.holdOut, 0, Math.nextDown(1.0));
        int most = Math.min(file.matrix().rows(), file.matrix().columns());
        Check.between("--rank", options.rank, 1, most);
        double ridge = options.ridge == null ? MatrixCompletion.DEFAULT_RIDGE : options.ridge;
        Check.between("--ridge", ridge, 0, 1);
        if (options.initError != null) {
            throw new InvalidOption("--init-error", "needs a problem whose truth is known; a file's is not");
        }
        requireWritable(data.out);
        RandomGenerator random = Seeds.generator(options.seed);
        MatrixCompletion completion;
        try {
            completion = MatrixCompletion.of(
                    file.name(),
                    file.matrix(),
                    new MatrixCompletion.Options(options.rank, data.holdOut, data.center, ridge, data.psd),
                    random);
        } catch (IllegalArgumentException e) {
            throw new BadData(e.getMessage(), e);
        }
        DMatrixRMaj x0;
        if (options.initScale == null) {
            x0 = SpectralStart.of(completion.instance().problem(), random);
        } else {
            Check.above("--init-scale", options.initScale, 0);
            x0 = InitialPoint.gaussian(completion.instance().problem(), options.initScale, random);
        }
        return new DataRun(data, file, completion, ridge, x0);
    }

    private static void requireWritable(Path out) {
        if (out != null) {
            Path directory = out.toAbsolutePath().getParent();
            if (Files.isDirectory(out) || directory == null || !Files.isDirectory(directory)) {
                throw new InvalidOption("--out", "is " + out + "; a file in a directory that exists is needed");
            }
        }
    }

    Instance<FactoredProblem> instance() {
        return completion.instance();
    }

    DMatrixRMaj x0() {
        return x0;
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", data.data.toString());
        settings.put("ridge", Double.toString(ridge));
        settings.put("hold-out", Double.toString(data.holdOut));
        settings.put("center", data.center.name().toLowerCase(java.util.Locale.ROOT));
        return settings;
    }

    /** The errors, in the unit of the data. */
    void measure(DMatrixRMaj x, RunReport report) {
        completion.heldOutRmse(x).ifPresent(rmse -> report.add("heldOutRmse", rmse));
        report.add("trainRmse", completion.trainRmse(x));
    }

    /** What the errors suggest to try, or nothing. */
    String advice(DMatrixRMaj x) {
        return completion.advice(x).orElse("");
    }

    /** Writes the completed matrix where it is wanted; returns a sentence for the user, or nothing. */
    String write(DMatrixRMaj x) {
        if (data.out == null) {
            return "";
        }
        try {
            return new CompletedMatrixWriter()
                    .write(completion.completed(x), file, data.out)
                    .message();
        } catch (IOException e) {
            throw new SetupProblem(
                    "the completed matrix could not be written to " + data.out + ": " + e.getMessage(), e);
        }
    }
}
