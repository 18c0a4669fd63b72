package io.escapement.experiment.study.lmm;

import io.escapement.experiment.Cell;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.problem.AbsoluteSum;
import java.util.List;
import java.util.Map;

/** [LMM] figure 4: matrix sensing with the ℓ1 norm. */
final class LmmSensingL1 implements Experiment {

    private static final SensingRaces RACES = new SensingRaces(
            new AbsoluteSum(),
            Map.ofEntries(
                    Map.entry("symmetric 2 polyak", List.of("193", "–")),
                    Map.entry("symmetric 2 gauss-newton", List.of("192", "188")),
                    Map.entry("symmetric 2 lmm", List.of("187", "198")),
                    Map.entry("symmetric 5 polyak", List.of("–", "–")),
                    Map.entry("symmetric 5 gauss-newton", List.of("diverges", "diverges")),
                    Map.entry("symmetric 5 lmm", List.of("229", "226")),
                    Map.entry("asymmetric 2 polyak", List.of("214", "–")),
                    Map.entry("asymmetric 2 opsa", List.of("212", "211")),
                    Map.entry("asymmetric 2 gauss-newton", List.of("201", "–")),
                    Map.entry("asymmetric 2 lmm", List.of("204", "194")),
                    Map.entry("asymmetric 5 polyak", List.of("–", "–")),
                    Map.entry("asymmetric 5 opsa", List.of("187", "178")),
                    Map.entry("asymmetric 5 gauss-newton", List.of("diverges", "diverges")),
                    Map.entry("asymmetric 5 lmm", List.of("176", "178"))));

    @Override
    public String id() {
        return "lmm-sensing-l1";
    }

    @Override
    public String title() {
        return "Matrix sensing with the sum of absolute values: preconditioned methods and baselines, d = 100 and 200";
    }

    @Override
    public String source() {
        return "[LMM] figure 4; figures beside ours: its authors' program, medians of 5";
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
                        "The damping is 1e-3 times the loss, as in that program; the paper says 1e-5.",
                        "scaled-gd and prec-gd take Polyak's step in their own metric here, which the paper does not try."));
    }
}
