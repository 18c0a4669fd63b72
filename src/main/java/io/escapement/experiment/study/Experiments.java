package io.escapement.experiment.study;

import io.escapement.experiment.Experiment;
import io.escapement.experiment.study.ipgd.IpgdDeviation;
import io.escapement.experiment.study.ipgd.IpgdFigure1;
import io.escapement.experiment.study.ipgd.IpgdRecovery;
import io.escapement.experiment.study.ipgd.IpgdSparse;
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
            new EscapeBenchmark(),
            new LiftScale(),
            new IpgdFigure1(),
            new IpgdRecovery(),
            new IpgdSparse(),
            new IpgdDeviation());

    private Experiments() {}

    public static List<Experiment> all() {
        return ALL;
    }

    public static Optional<Experiment> find(String id) {
        return ALL.stream().filter(experiment -> experiment.id().equals(id)).findFirst();
    }
}
