package io.escapement.experiment.study.lmm;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.problem.HalfSquaredNorm;
import java.util.List;
import java.util.Map;

/** [LMM] figure 3: matrix sensing with the squared ℓ2 norm. */
final class LmmSensingL2 implements Experiment {

    private static final SensingRaces RACES = new SensingRaces(
            new HalfSquaredNorm(),
            Map.ofEntries(
                    Map.entry("symmetric 2 polyak", List.of("78", "–")),
                    Map.entry("symmetric 2 scaled-gd", List.of("212", "206")),
                    Map.entry("symmetric 2 prec-gd", List.of("212", "206")),
                    Map.entry("symmetric 2 gauss-newton", List.of("83", "91")),
                    Map.entry("symmetric 2 lmm", List.of("86", "86")),
                    Map.entry("symmetric 5 polyak", List.of("–", "–")),
                    Map.entry("symmetric 5 scaled-gd", List.of("386", "420")),
                    Map.entry("symmetric 5 prec-gd", List.of("255", "242")),
                    Map.entry("symmetric 5 gauss-newton", List.of("diverges", "diverges")),
                    Map.entry("symmetric 5 lmm", List.of("118", "119")),
                    Map.entry("asymmetric 2 polyak", List.of("97", "–")),
                    Map.entry("asymmetric 2 scaled-gd", List.of("234", "239")),
                    Map.entry("asymmetric 2 gauss-newton", List.of("109", "122")),
                    Map.entry("asymmetric 2 lmm", List.of("95", "93")),
                    Map.entry("asymmetric 5 polyak", List.of("–", "–")),
                    Map.entry("asymmetric 5 scaled-gd", List.of("244", "240")),
                    Map.entry("asymmetric 5 gauss-newton", List.of("diverges", "diverges")),
                    Map.entry("asymmetric 5 lmm", List.of("99", "105"))));

    @Override
    public String id() {
        return "lmm-sensing-l2";
    }

    @Override
    public String title() {
        return "Matrix sensing with half the squared norm: preconditioned methods and baselines, d = 100 and 200";
    }

    @Override
    public String source() {
        return "[LMM] figure 3; figures beside ours: its authors' program, medians of 5";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Map<String, String> settings() {
        return RACES.settings();
    }

    @Override
    public int trials(boolean quick) {
        return quick ? 1 : 5;
    }

    @Override
    public List<Cell> cells(boolean quick) {
        return RACES.cells(quick);
    }

    @Override
    public Report report(Results results) {
        return RACES.report(
                results,
                List.of(
                        "The paper has curves only; iterations beside ours are those of its authors' program on instances of the"
                                + " same distribution.",
                        "A pass is one reading of the measurements for value and gradient; an exact step takes 1.5 passes,"
                                + " a step of Levenberg-Marquardt one and as many as its inner iterations."));
    }
}
