package io.escapement.app;

import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.InitialPoint;
import io.escapement.sensing.Instance;
import io.escapement.sensing.Seeds;
import io.escapement.sensing.SpectralStart;
import io.escapement.sensing.file.MatrixFile;
import io.escapement.sensing.file.ProblemFile;
import io.escapement.sensing.file.SensingFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** A run on a file: split before it, measured and written after it. */
interface DataRun {

    /** Makes the problem of one run; the seed draws the split and the start. */
    static DataRun of(ProblemFile file, DataOptions data, RunOptions options) {
        if (data.holdOut != null) {
            Check.between("--hold-out", data.holdOut, 0, Math.nextDown(1.0));
        }
        if (options.ridge != null) {
            Check.between("--ridge", options.ridge, 0, 1);
        }
        if (options.initError != null) {
            throw new InvalidOption("--init-error", "needs a problem whose truth is known; a file's is not");
        }
        options.rank = options.rank == null ? 1 : options.rank;
        requireWritable(data.out);
        RandomGenerator random = Seeds.generator(options.seed);
        return file instanceof MatrixFile matrix
                ? CompletionRun.of(matrix, data, options, random)
                : RowRun.of((SensingFile) file, data, options, random);
    }

    private static void requireWritable(Path out) {
        if (out != null) {
            Path directory = out.toAbsolutePath().getParent();
            if (Files.isDirectory(out) || directory == null || !Files.isDirectory(directory)) {
                throw new InvalidOption("--out", "is " + out + "; a file in a directory that exists is needed");
            }
        }
    }

    /** Spectral, or of the scale that is asked for. */
    static DMatrixRMaj start(FactoredProblem problem, RunOptions options, RandomGenerator random) {
        if (options.initScale == null) {
            return SpectralStart.of(problem, random);
        }
        Check.above("--init-scale", options.initScale, 0);
        return InitialPoint.gaussian(problem, options.initScale, random);
    }

    Instance<FactoredProblem> instance();

    DMatrixRMaj x0();

    /** Name of the mechanism where the user names none. */
    String escape();

    /** Options of the file, for the run's header. */
    Map<String, String> settings();

    /** The errors of a final iterate, in the unit of the data. */
    void measure(DMatrixRMaj x, RunReport report);

    /** What the errors suggest to try, or nothing. */
    String advice(DMatrixRMaj x);

    /** Writes what is wanted; returns a sentence for the user, or nothing. */
    String write(DMatrixRMaj x);

    /** All that is done with a final iterate; what there is to say of it. */
    default List<String> conclude(DMatrixRMaj x, RunReport report) {
        measure(x, report);
        return List.of(advice(x), write(x));
    }
}
