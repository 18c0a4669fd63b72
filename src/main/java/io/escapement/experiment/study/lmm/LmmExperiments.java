package io.escapement.experiment.study.lmm;

import io.escapement.experiment.Experiment;
import java.util.List;

/** Those of [LMM] section 6. */
public final class LmmExperiments {

    private static final List<Experiment> ALL = List.of(
            new LmmNnls(),
            new LmmSensingL2(),
            new LmmSensingL1(),
            new LmmHyper(),
            new LmmRobust(),
            new LmmTensor(),
            new LmmTensorSensing());

    private LmmExperiments() {}

    public static List<Experiment> all() {
        return ALL;
    }
}
