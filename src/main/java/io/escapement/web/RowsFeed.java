package io.escapement.web;

import io.escapement.event.RunHeader;
import io.escapement.store.Listed;
import io.escapement.store.RunLog;
import io.escapement.store.StreamJson;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that viewers of the list have in sight, and the totals: twice a second, what of them has changed. A row is written
 * once, for all who see it; a viewer is remembered by which version of its rows it has. On the event loop.
 */
final class RowsFeed {

    private static final Logger LOG = LoggerFactory.getLogger(RowsFeed.class);
    private static final long PERIOD_MILLIS = 500;

    /** Periods between two looks into the store: at rows that are not in memory, and for the totals. */
    private static final int STORE_PERIODS = 4;

    private final WorkerExecutor workers;
    private final Vertx vertx;
    private final Overview overview;
    private final Set<StreamClient> clients;
    private final long timer;

    private boolean building;
    private boolean again;
    private int periods;

    /** Used by one worker at a time, and between two by the event loop. */
    private Map<String, Row> rows = new HashMap<>();

    /** For which rows it was last looked; of others it is not known whether they are there. */
    private Set<String> looked = Set.of();

    private String totals = "";
    private long totalsVersion;
    private long versions;

    private record Row(long version, RunHeader header, long last, boolean kept, String text) {}

    RowsFeed(Vertx vertx, WorkerExecutor workers, Overview overview, Set<StreamClient> clients) {
        this.vertx = vertx;
        this.workers = workers;
        this.overview = overview;
        this.clients = clients;
        timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> refresh());
    }

    void follow(StreamClient client, List<String> ids) {
        client.rows = ids;
        client.rowVersions.keySet().retainAll(ids);
        if (building) {
            again = true;
        } else {
            refresh();
        }
    }

    void close() {
        vertx.cancelTimer(timer);
    }

    private void refresh() {
        Set<String> seen = new LinkedHashSet<>();
        boolean anybody = false;
        for (StreamClient client : clients) {
            if (client.rows != null) {
                seen.addAll(client.rows);
                anybody = true;
            }
        }
        if (building || !anybody) {
            return;
        }
        building = true;
        boolean store = periods++ % STORE_PERIODS == 0;
        workers.executeBlocking(() -> write(seen, store), false)
                .onSuccess(done -> clients.forEach(this::tell))
                .onFailure(error -> LOG.error("the rows of the list could not be written", error))
                .onComplete(done -> {
                    building = false;
                    if (again) {
                        again = false;
                        refresh();
                    }
                });
    }

    private boolean write(Set<String> seen, boolean store) {
        Map<String, Row> latest = new HashMap<>();
        List<String> ask = new ArrayList<>();
        for (String id : seen) {
            Row known = rows.get(id);
            if (known != null && known.kept && !store) {
                latest.put(id, known);
            } else {
                ask.add(id);
            }
        }
        for (Listed run : overview.named(ask)) {
            String id = run.header().id();
            latest.put(id, row(run, rows.get(id)));
        }
        rows = latest;
        looked = seen;
        String now = Json.text(overview.now());
        if (!now.equals(totals)) {
            totals = now;
            totalsVersion++;
        }
        return true;
    }

    private Row row(Listed run, Row before) {
        RunHeader header = run.header();
        long last = run.last();
        boolean kept = !(run instanceof RunLog);
        if (before != null && before.last == last && before.header.equals(header) && !run.ages() && !kept) {
            return before;
        }
        String text = StreamJson.text(json -> StreamJson.summary(json, run));
        boolean same = before != null && before.text.equals(text);
        return new Row(same ? before.version : ++versions, header, last, kept, text);
    }

    private void tell(StreamClient client) {
        if (client.rows == null || !client.ready()) {
            return;
        }
        StringBuilder changed = new StringBuilder();
        StringBuilder gone = new StringBuilder();
        for (String id : client.rows) {
            Row row = rows.get(id);
            if (row == null && !looked.contains(id)) {
                continue;
            }
            if (row == null) {
                // Told once, and again should it come back and go.
                if (!Long.valueOf(-1).equals(client.rowVersions.put(id, -1L))) {
                    gone.append(gone.isEmpty() ? "" : ",").append(Json.text(id));
                }
            } else if (!Long.valueOf(row.version).equals(client.rowVersions.put(id, row.version))) {
                changed.append(changed.isEmpty() ? "" : ",").append(row.text);
            }
        }
        boolean news = client.overviewVersion != totalsVersion;
        if (!changed.isEmpty() || !gone.isEmpty() || news) {
            client.overviewVersion = totalsVersion;
            String frame = "{\"op\":\"rows\",\"runs\":[" + changed + "],\"gone\":[" + gone + "]"
                    + (news ? ",\"overview\":" + totals : "") + "}";
            client.send(frame, StreamHub.now());
        }
    }
}
