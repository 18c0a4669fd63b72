package io.escapement.alert.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.escapement.alert.Alert;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a receiver is sent. */
public enum Format {

    /**
     * Ours: {@code status}, {@code rule}, {@code severity}, {@code run} with {@code id}, {@code name} and {@code url}, {@code
     * sentence}, {@code since}, {@code firedAt}, and when it is over {@code resolvedAt} and {@code resolution}.
     */
    PLAIN {
        @Override
        void write(JsonGenerator json, Alert alert, String dashboard) throws IOException {
            json.writeStartObject();
            json.writeStringField("status", alert.status());
            json.writeStringField("rule", alert.rule().label());
            json.writeStringField("severity", alert.rule().severity().label());
            json.writeObjectFieldStart("run");
            json.writeStringField("id", alert.run());
            json.writeStringField("name", alert.runName());
            json.writeStringField("url", page(dashboard, alert));
            json.writeEndObject();
            json.writeStringField("sentence", alert.sentence());
            json.writeStringField("since", alert.since().toString());
            json.writeStringField("firedAt", alert.firedAt().toString());
            if (!alert.firing()) {
                json.writeStringField("resolvedAt", alert.resolvedAt().toString());
                json.writeStringField("resolution", alert.resolution());
            }
            json.writeEndObject();
        }
    },

    /** What Alertmanager posts to a webhook receiver, version 4 (Prometheus documentation, "webhook_config"). */
    ALERTMANAGER {
        @Override
        void write(JsonGenerator json, Alert alert, String dashboard) throws IOException {
            json.writeStartObject();
            json.writeStringField("version", "4");
            json.writeStringField(
                    "groupKey", "{}:{alertname=\"" + alert.rule().alertName() + "\", run=\"" + alert.run() + "\"}");
            json.writeNumberField("truncatedAlerts", 0);
            json.writeStringField("status", alert.status());
            json.writeStringField("receiver", "escapement");
            json.writeObjectFieldStart("groupLabels");
            json.writeStringField("alertname", alert.rule().alertName());
            json.writeStringField("run", alert.run());
            json.writeEndObject();
            labels(json, "commonLabels", alert);
            annotations(json, "commonAnnotations", alert, dashboard);
            json.writeStringField("externalURL", dashboard);
            json.writeArrayFieldStart("alerts");
            json.writeStartObject();
            json.writeStringField("status", alert.status());
            labels(json, "labels", alert);
            annotations(json, "annotations", alert, dashboard);
            json.writeStringField("startsAt", alert.firedAt().toString());
            json.writeStringField(
                    "endsAt", alert.firing() ? NEVER : alert.resolvedAt().toString());
            json.writeStringField("generatorURL", page(dashboard, alert));
            json.writeStringField("fingerprint", fingerprint(alert));
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
    };

    /** Go's zero time, which is what Alertmanager sends for an end that is not known. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final JsonFactory FACTORY = new JsonFactory();

    abstract void write(JsonGenerator json, Alert alert, String dashboard) throws IOException;

    /** @param dashboard its address, without a slash at the end */
    String text(Alert alert, String dashboard) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, alert, dashboard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String page(String dashboard, Alert alert) {
        return dashboard + "/runs/"
                + URLEncoder.encode(alert.run(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void labels(JsonGenerator json, String field, Alert alert) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("alertname", alert.rule().alertName());
        json.writeStringField("severity", alert.rule().severity().label());
        json.writeStringField("run", alert.run());
        json.writeEndObject();
    }

    private static void annotations(JsonGenerator json, String field, Alert alert, String dashboard)
            throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("summary", alert.rule().summary());
        json.writeStringField(
                "description", alert.firing() ? alert.sentence() : alert.sentence() + " Now: " + alert.resolution());
        json.writeStringField("run_name", alert.runName());
        json.writeStringField("dashboard", page(dashboard, alert));
        json.writeEndObject();
    }

    /** 16 hexadecimal digits that are the same for the same labels: FNV-1a of them, which is what Alertmanager hashes with. */
    private static String fingerprint(Alert alert) {
        String labels = alert.rule().alertName() + "\u00ff" + alert.run();
        long hash = 0xcbf29ce484222325L;
        for (byte b : labels.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return String.format(Locale.ROOT, "%016x", hash);
    }
}
