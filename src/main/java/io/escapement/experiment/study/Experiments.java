package io.escapement.experiment.study;

import io.escapement.experiment.Experiment;
import io.escapement.experiment.study.emc.EmcAblation;
import io.escapement.experiment.study.emc.EmcErrorMap;
import io.escapement.experiment.study.emc.EmcFigure1;
import io.escapement.experiment.study.emc.EmcSuccess;
import java.util.List;
import java.util.Optional;

/** All experiments by name. */
public final class Experiments {

    private static final List<Experiment> ALL = List.of(
            new LeacTable1(),
            new LeacFigure1(),
            new LeacC2(),
            new SodPmc(),
            new SodSuccess(),
            new SodNetwork(),
            new EmcFigure1(),
            new EmcSuccess(),
            new EmcAblation(),
            new EmcErrorMap(),
            new EscapeBenchmark(),
            new LiftScale());

    private Experiments() {}

    public static List<Experiment> all() {
        return ALL;
    }

    public static Optional<Experiment> find(String id) {
        return ALL.stream().filter(experiment -> experiment.id().equals(id)).findFirst();
    }
}
