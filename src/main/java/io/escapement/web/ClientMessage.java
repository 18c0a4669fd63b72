package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client of the stream asks for.
 *
 * @param op runs, subscribe or unsubscribe
 * @param run id; null for runs
 * @param maxHz deltas per second at most
 * @param epoch in which the client got its position, or null
 * @param from the client's position, or −1
 * @param ids of the runs whose rows it shows; null where it follows the newest
 */
record ClientMessage(String op, String run, int maxHz, String epoch, long from, List<String> ids) {

    /** Rows that a client may follow. */
    static final int MAX_IDS = 200;

    private static final int DEFAULT_HZ = 20;
    private static final int MAX_HZ = 30;
    private static final int MAX_TEXT = 100;

    static ClientMessage read(String text) throws InvalidRequest {
        JsonNode json = Json.object("the message", text);
        String op = text(json, "op", true);
        switch (op) {
            case "runs" -> {
                return new ClientMessage(op, null, DEFAULT_HZ, null, -1, ids(json));
            }
            case "subscribe", "unsubscribe" -> {
                int maxHz = (int) Math.min(MAX_HZ, integer(json, "maxHz", 1, DEFAULT_HZ));
                return new ClientMessage(
                        op,
                        text(json, "run", true),
                        maxHz,
                        text(json, "epoch", false),
                        integer(json, "from", -1, -1),
                        null);
            }
            default ->
                throw new InvalidRequest(
                        "op", "op is '" + shortened(op) + "'; runs, subscribe or unsubscribe would be valid");
        }
    }

    private static List<String> ids(JsonNode json) throws InvalidRequest {
        JsonNode node = json.get("ids");
        if (node == null || node.isNull()) {
            return null;
        }
        List<String> ids = new ArrayList<>();
        boolean fine = node.isArray() && node.size() <= MAX_IDS;
        for (JsonNode id : node) {
            fine &= id.isTextual() && id.textValue().length() <= MAX_TEXT;
            ids.add(id.asText());
        }
        if (!fine) {
            throw new InvalidRequest(
                    "ids",
                    "ids is " + shortened(node.toString()) + "; a list of at most " + MAX_IDS + " ids would be valid");
        }
        return List.copyOf(ids);
    }

    private static String text(JsonNode json, String field, boolean needed) throws InvalidRequest {
        JsonNode node = json.get(field);
        if (node == null || node.isNull()) {
            if (needed) {
                throw new InvalidRequest(field, field + " is absent; a text is needed");
            }
            return null;
        }
        if (!node.isTextual() || node.textValue().length() > MAX_TEXT) {
            throw new InvalidRequest(
                    field,
                    field + " is " + shortened(node.toString()) + "; a text of at most " + MAX_TEXT
                            + " characters would be valid");
        }
        return node.textValue();
    }

    private static long integer(JsonNode json, String field, long least, long absent) throws InvalidRequest {
        JsonNode node = json.get(field);
        if (node == null || node.isNull()) {
            return absent;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < least) {
            throw new InvalidRequest(
                    field,
                    field + " is " + shortened(node.toString()) + "; a whole number from " + least
                            + " up would be valid");
        }
        return node.longValue();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
