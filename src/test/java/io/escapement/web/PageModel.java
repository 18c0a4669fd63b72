package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Does with frames what the page does, and finds fault with those that it could not use. */
final class PageModel {

    private static final JsonMapper MAPPER = new JsonMapper();

    final TreeMap<Long, Map<String, JsonNode>> rows = new TreeMap<>();
    final List<JsonNode> landmarks = new ArrayList<>();
    private final List<String> ops = new ArrayList<>();
    private final List<JsonNode> other = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    WebSocket socket;
    String epoch;
    long position = -1;
    int level;
    long conflated;
    JsonNode status;
    AssertionError fault;

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    synchronized void receive(String text) {
        JsonNode frame = parse(text);
        String op = frame.path("op").asText();
        ops.add(op);
        switch (op) {
            case "hello" -> epoch = frame.path("epoch").asText();
            case "snapshot" -> {
                rows.clear();
                landmarks.clear();
                seen.clear();
                level = frame.path("level").asInt();
                if (!frame.path("header").has("schema")) {
                    fault = new AssertionError("a snapshot without a header: " + text);
                }
                change(frame);
            }
            case "delta" -> {
                if (frame.path("level").asInt() != level) {
                    fault = new AssertionError("a delta of level " + frame.path("level") + " on " + level);
                }
                change(frame);
            }
            default -> other.add(frame);
        }
    }

    private void change(JsonNode frame) {
        position = frame.path("seq").asLong();
        status = frame.path("status");
        conflated += frame.path("conflated").asLong();
        JsonNode columns = frame.path("columns");
        for (int r = 0; r < columns.path("bucket").size(); r++) {
            Map<String, JsonNode> row = new TreeMap<>();
            for (String name : new String[] {"iteration", "segment", "elapsed"}) {
                row.put(name, columns.path(name).path(r));
            }
            for (var series : columns.path("series").properties()) {
                for (String of : new String[] {"first", "min", "max", "last"}) {
                    row.put(
                            series.getKey() + " " + of,
                            series.getValue().path(of).path(r));
                }
            }
            row.put("x", columns.path("point").path("x").path(r));
            rows.put(columns.path("bucket").path(r).asLong(), row);
        }
        for (JsonNode landmark : frame.path("landmarks")) {
            if (!seen.add(landmark.path("seq").asLong())) {
                fault = new AssertionError("told twice: " + landmark);
            }
            landmarks.add(landmark);
        }
    }

    synchronized boolean ended() {
        return status != null && status.path("ended").asBoolean();
    }

    synchronized long count(String op) {
        return ops.stream().filter(op::equals).count();
    }

    synchronized List<JsonNode> others() {
        return List.copyOf(other);
    }

    /** A copy, since more may come while one looks. */
    synchronized List<String> ops(int from, int to) {
        return List.copyOf(ops.subList(from, to));
    }

    synchronized int received() {
        return ops.size();
    }

    synchronized long position() {
        return position;
    }

    void send(String text) {
        Served.await(socket.writeTextMessage(text));
    }

    void subscribe(String run) {
        send("{\"op\":\"subscribe\",\"run\":\"" + run + "\",\"maxHz\":30}");
    }
}
