package io.escapement.app;

import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Rejection;
import io.escapement.meter.RunMeters;

/** Counts what other programs send in the meters. */
record MeteredIntake(RunMeters meters) implements ExternalRun.Ledger {

    @Override
    public void ingested(long events) {
        meters.ingested(events);
    }

    @Override
    public void rejected(Rejection why, long lines) {
        meters.rejected(why.label(), lines);
    }
}
