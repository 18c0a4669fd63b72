package io.escapement.web;

import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;

/** The real pages over runs that a test writes, in this process: for tests in a browser that need a run of a certain shape. */
public final class ServedPages implements AutoCloseable {

    private final RunCatalogue catalogue;
    private final Served served;

    /** On a free port. */
    public ServedPages() {
        this(0, new RunCatalogue());
    }

    /**
     * Over runs that there are.
     *
     * @param port 0 for a free one
     */
    public ServedPages(int port, RunCatalogue catalogue) {
        this.catalogue = catalogue;
        Dashboard.Settings local = Dashboard.Settings.local("0.1.0").withPort(port);
        served = new Served(StreamHub.Patience.DEFAULT, local, catalogue);
    }

    public RunLog newRun(String id) {
        return newRun(new RunLog(TestRuns.header(id)));
    }

    public RunLog newRun(RunLog log) {
        catalogue.add(log);
        return log;
    }

    public int port() {
        return served.dashboard.port();
    }

    public String url() {
        return served.dashboard.url();
    }

    @Override
    public void close() {
        served.close();
    }
}
