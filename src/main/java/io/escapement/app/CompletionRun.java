package io.escapement.app;

import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.Instance;
import io.escapement.sensing.data.MatrixCompletion;
import io.escapement.sensing.file.CompletedMatrixWriter;
import io.escapement.sensing.file.MatrixFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** A completion of a matrix from a file. A local minimum of noisy data is not a trap to be left by default. */
record CompletionRun(
        DataOptions data,
        MatrixFile file,
        MatrixCompletion completion,
        MatrixCompletion.Options settled,
        DMatrixRMaj x0)
        implements DataRun {

    private static final double HOLD_OUT = 0.1;

    static CompletionRun of(MatrixFile file, DataOptions data, RunOptions options, RandomGenerator random) {
        int most = Math.min(file.matrix().rows(), file.matrix().columns());
        Check.between("--rank", options.rank, 1, most);
        if (data.psd && options.loss != null) {
            throw new InvalidOption(
                    "--loss", "is " + options.loss + "; a symmetric completion of a file is by half-squared alone");
        }
        MatrixCompletion.Options settled = new MatrixCompletion.Options(
                options.rank,
                data.holdOut == null ? HOLD_OUT : data.holdOut,
                data.center,
                options.ridge == null ? MatrixCompletion.DEFAULT_RIDGE : options.ridge,
                data.psd);
        MatrixCompletion completion;
        try {
            completion = MatrixCompletion.of(file.title(), file.matrix(), settled, random);
        } catch (IllegalArgumentException e) {
            throw new BadData(file.name() + ": " + e.getMessage(), e);
        }
        DMatrixRMaj x0 = DataRun.start(completion.instance().problem(), options, random);
        return new CompletionRun(data, file, completion, settled, x0);
    }

    @Override
    public Instance<FactoredProblem> instance() {
        return completion.instance();
    }

    @Override
    public String escape() {
        return EscapeChoice.NONE;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", data.data.toString());
        settings.put("ridge", Double.toString(settled.ridge()));
        settings.put("hold-out", Double.toString(settled.holdOut()));
        settings.put("center", settled.centering().name().toLowerCase(Locale.ROOT));
        return settings;
    }

    @Override
    public void measure(DMatrixRMaj x, RunReport report) {
        completion.heldOutRmse(x).ifPresent(rmse -> report.add("heldOutRmse", rmse));
        report.add("trainRmse", completion.trainRmse(x));
    }

    @Override
    public String advice(DMatrixRMaj x) {
        return completion.advice(x).orElse("");
    }

    @Override
    public String write(DMatrixRMaj x) {
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
