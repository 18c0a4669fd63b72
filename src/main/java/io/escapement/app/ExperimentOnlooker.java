package io.escapement.app;

import io.escapement.experiment.Engine;
import io.escapement.experiment.Progress;
import io.escapement.run.Run;

/** Shows the progress of an experiment here and on its page, and passes an interrupt on. */
record ExperimentOnlooker(Interruption interruption, ExperimentProgress progress, ExperimentDesk.Session page)
        implements Engine.Onlooker {

    @Override
    public void progressed(Progress now) {
        progress.show(now);
        page.progressed(now);
    }

    @Override
    public void began(Run run) {
        interruption.watch(run);
        page.began(run);
    }

    @Override
    public boolean stopped() {
        return interruption.requested() || page.stopped();
    }
}
