package io.escapement.web;

import io.escapement.event.RunHeader;
import io.escapement.store.Listed;
import io.escapement.store.RunCatalogue;
import io.escapement.store.StreamJson;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of runs for those who follow it: whole, at most twice a second, only when it changed. On the event loop. */
final class RunsFeed {

    private static final Logger LOG = LoggerFactory.getLogger(RunsFeed.class);
    private static final int NEWEST = 200;
    private static final long PERIOD_MILLIS = 500;

    private final WorkerExecutor workers;
    private final Vertx vertx;
    private final RunCatalogue catalogue;
    private final Set<StreamClient> clients;
    private final long timer;

    private String text = "";
    private long version;
    private boolean building;

    /** Summaries of the last list; an ended run is not written again and again. Used by one worker at a time. */
    private Map<Listed, Summary> summaries = new HashMap<>();

    private record Summary(RunHeader header, long last, String text) {}

    RunsFeed(Vertx vertx, WorkerExecutor workers, RunCatalogue catalogue, Set<StreamClient> clients) {
        this.vertx = vertx;
        this.workers = workers;
        this.catalogue = catalogue;
        this.clients = clients;
        timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> refresh());
    }

    void follow(StreamClient client) {
        client.followsRuns = true;
        client.runsVersion = -1;
        refresh();
    }

    void close() {
        vertx.cancelTimer(timer);
    }

    private void refresh() {
        if (building || clients.stream().noneMatch(client -> client.followsRuns)) {
            return;
        }
        building = true;
        workers.executeBlocking(this::write, false)
                .onSuccess(this::publish)
                .onFailure(error -> LOG.error("the list of runs could not be written", error))
                .onComplete(done -> building = false);
    }

    private void publish(String latest) {
        if (!latest.equals(text)) {
            text = latest;
            version++;
        }
        clients.forEach(this::tell);
    }

    private void tell(StreamClient client) {
        if (client.followsRuns && client.runsVersion != version && client.ready()) {
            client.runsVersion = version;
            client.send(text, StreamHub.now());
        }
    }

    private String write() {
        Map<Listed, Summary> latest = new HashMap<>();
        StringBuilder json = new StringBuilder("{\"op\":\"runs\",\"runs\":[");
        String separator = "";
        for (Listed log : catalogue.newest(NEWEST)) {
            Summary summary = summaries.get(log);
            long last = log.last();
            if (summary == null || summary.last != last || !summary.header.equals(log.header()) || log.ages()) {
                summary = new Summary(log.header(), last, StreamJson.text(out -> StreamJson.summary(out, log)));
            }
            latest.put(log, summary);
            json.append(separator).append(summary.text);
            separator = ",";
        }
        summaries = latest;
        return json.append("]}").toString();
    }
}
