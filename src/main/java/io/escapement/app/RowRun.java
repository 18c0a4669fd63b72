package io.escapement.app;

import io.escapement.problem.FactoredProblem;
import io.escapement.sensing.Instance;
import io.escapement.sensing.data.Centering;
import io.escapement.sensing.data.RowFit;
import io.escapement.sensing.file.NpyWriter;
import io.escapement.sensing.file.SensingFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** A low-rank matrix from measurements in a file. */
record RowRun(DataOptions data, RowFit fit, RowFit.Options settled, DMatrixRMaj x0) implements DataRun {

    static RowRun of(SensingFile file, DataOptions data, RunOptions options, RandomGenerator random) {
        int most = Math.min(file.shape().imageRows(), file.shape().imageColumns());
        Check.between("--rank", options.rank, 1, most);
        if (data.center != Centering.NONE) {
            throw new InvalidOption("--center", "is for a matrix to complete; " + file.title() + " holds measurements");
        }
        RowFit.Options settled = new RowFit.Options(
                options.rank, data.holdOut == null ? 0 : data.holdOut, options.ridge == null ? 0 : options.ridge);
        RowFit fit;
        try {
            fit = RowFit.of(file.title(), file.operator(), file.b(), file.shape(), settled, random);
        } catch (IllegalArgumentException e) {
            throw new BadData(file.name() + ": " + e.getMessage(), e);
        }
        return new RowRun(data, fit, settled, DataRun.start(fit.instance().problem(), options, random));
    }

    @Override
    public Instance<FactoredProblem> instance() {
        return fit.instance();
    }

    @Override
    public String escape() {
        return Preparation.ESCAPE;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", data.data.toString());
        settings.put("ridge", Double.toString(settled.ridge()));
        settings.put("hold-out", Double.toString(settled.holdOut()));
        return settings;
    }

    @Override
    public void measure(DMatrixRMaj x, RunReport report) {
        fit.heldOutResidual(x).ifPresent(residual -> report.add("heldOutResidual", residual));
        report.add("trainResidual", fit.trainResidual(x));
    }

    @Override
    public String advice(DMatrixRMaj x) {
        return "";
    }

    @Override
    public String write(DMatrixRMaj x) {
        if (data.out == null) {
            return "";
        }
        DMatrixRMaj factor = fit.factor(x);
        try {
            NpyWriter.write(factor, data.out);
        } catch (IOException e) {
            throw new SetupProblem("the factor could not be written to " + data.out + ": " + e.getMessage(), e);
        }
        return "the factor Z, " + factor.numRows + "×" + factor.numCols + ", is in " + data.out + "; the matrix is "
                + fit.image("Z");
    }
}
