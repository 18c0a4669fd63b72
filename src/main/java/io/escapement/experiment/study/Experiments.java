package io.escapement.experiment.study;

import io.escapement.experiment.Experiment;
import io.escapement.experiment.study.emc.EmcAblation;
import io.escapement.experiment.study.emc.EmcErrorMap;
import io.escapement.experiment.study.emc.EmcFigure1;
import io.escapement.experiment.study.emc.EmcSuccess;
import io.escapement.experiment.study.ipgd.IpgdDeviation;
import io.escapement.experiment.study.ipgd.IpgdFigure1;
import io.escapement.experiment.study.ipgd.IpgdRecovery;
import io.escapement.experiment.study.ipgd.IpgdSparse;
import io.escapement.experiment.study.lmm.LmmExperiments;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All experiments by name. */
public final class Experiments {

    private static final List<Experiment> ALL = Stream.of(
                    List.of(
                            new LeacTable1(),
                            new LeacFigure1(),
                            new LeacC2(),
                            new SodPmc(),
                            new SodSuccess(),
                            new SodNetwork(),
                            new EmcFigure1(),
                            new EmcSuccess(),
                            new EmcAblation(),
                            new EmcErrorMap()),
                    LmmExperiments.all(),
                    List.of(new IpgdFigure1(), new IpgdRecovery(), new IpgdSparse(), new IpgdDeviation()),
                    List.of(new EscapeBenchmark(), new LiftScale()))
            .flatMap(List::stream)
            .toList();

    private Experiments() {}

    public static List<Experiment> all() {
        return ALL;
    }

    public static Optional<Experiment> find(String id) {
        return ALL.stream().filter(experiment -> experiment.id().equals(id)).findFirst();
    }
}
