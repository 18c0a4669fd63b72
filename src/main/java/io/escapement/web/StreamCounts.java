package io.escapement.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the live stream has done since the server began, and how its clients stand. On the event loop only. */
final class StreamCounts {

    private static final String RUNS = "runs";

    /** Clients that are told one by one. */
    private static final int MOST_TOLD = 100;

    /** From the moment an event was appended to the moment its frame was written; of viewers that ask for 10 frames a second or more. */
    final Latencies lag = new Latencies();

    long resumed;
    long held;
    private long snapshots;
    private long resnapshots;
    private long deltas;
    private long conflated;
    private long closed;
    private Instant closedAt;

    /** @param answered whether the client had a frame of this run before */
    void frame(Frames.Frame frame, boolean answered) {
        if (!frame.whole()) {
            deltas++;
        } else if (answered) {
            resnapshots++;
        } else {
            snapshots++;
        }
        conflated += frame.conflated();
    }

    /** A client was closed because nothing was heard of it. */
    void unresponsive(Instant at) {
        closed++;
        closedAt = at;
    }

    Map<String, Object> json(Collection<StreamClient> clients, int building, int most) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clients", clients.size());
        json.put("mostClients", most);
        json.put("framesInMaking", building);
        json.put("snapshots", snapshots);
        json.put("resnapshots", resnapshots);
        json.put("resumed", resumed);
        json.put("deltas", deltas);
        json.put("conflated", conflated);
        json.put("ticksLeftOut", held);
        json.put("closedUnresponsive", closed);
        if (closedAt != null) {
            json.put("lastClosedUnresponsive", closedAt.toString());
        }
        json.put("lag", lag.json());
        json.put("viewers", clients.stream().limit(MOST_TOLD).map(StreamCounts::client).toList());
        return json;
    }

    private static Map<String, Object> client(StreamClient client) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", client.address());
        json.put("since", client.since.toString());
        json.put("queuedCharacters", client.onTheWay());
        json.put("full", !client.ready());
        json.put("ticksLeftOut", client.held);
        json.put("conflated", client.conflated);
        List<Map<String, Object>> topics = new ArrayList<>();
        if (client.followsRuns || client.rows != null) {
            topics.add(Map.of("topic", RUNS, "rows", client.rows == null ? 0 : client.rows.size()));
        }
        client.subscriptions.values().forEach(subscription -> topics.add(topic(subscription)));
        json.put("topics", topics);
        return json;
    }

    private static Map<String, Object> topic(Subscription subscription) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("topic", subscription.log.header().id());
        json.put("name", subscription.log.header().name());
        json.put("position", subscription.position());
        json.put("eventsBehind", Math.max(0, subscription.log.last() - subscription.position()));
        json.put("maxHz", subscription.maxHz);
        return json;
    }
}
