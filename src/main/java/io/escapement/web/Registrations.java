package io.escapement.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.store.StreamJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a program tells when it registers a run: {@code {"source":"external","name":…}}, where all but source may be absent. */
final class Registrations {

    private static final String SOURCE = "external";
    private static final int MAX_NAME = 200;
    private static final int MAX_TAG = 50;
    private static final int MAX_TEXT = 4000;
    private static final int MAX_ENTRIES = 200;

    private final List<InvalidRequest.FieldError> errors = new ArrayList<>();
    private String name = "";
    private String problem = "";
    private String solver = "";
    private String command = "";
    private List<String> tags = List.of();
    private List<String> figures = List.of();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private long seed;

    private Registrations() {}

    /** Whether a body registers a run, or starts one here. */
    static boolean concerns(JsonNode body) {
        return body.hasNonNull("source");
    }

    static ExternalDesk.Registration read(JsonNode body) throws InvalidRequest {
        Registrations reader = new Registrations();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!field.getValue().isNull()) {
                reader.field(field.getKey(), field.getValue());
            }
        }
        if (!reader.errors.isEmpty()) {
            throw new InvalidRequest(reader.errors);
        }
        return new ExternalDesk.Registration(
                reader.name,
                reader.problem,
                reader.solver,
                reader.command,
                reader.tags,
                reader.settings,
                reader.figures,
                reader.seed);
    }

    private void field(String field, JsonNode value) {
        switch (field) {
            case "source" -> {
                if (!value.asText().equals(SOURCE)) {
                    wrong(field, value, "external would be valid");
                }
            }
            case "schema" -> {
                if (!value.isIntegralNumber() || value.asLong() != StreamJson.SCHEMA) {
                    wrong(field, value, StreamJson.SCHEMA + " would be valid");
                }
            }
            case "name" -> {
                name = text(field, value, MAX_NAME);
                if (value.isTextual() && name.isEmpty()) {
                    wrong(
                            field,
                            value,
                            "a text of 1 to " + MAX_NAME + " characters, or no name at all, would be valid");
                }
            }
            case "problem" -> problem = text(field, value, MAX_NAME);
            case "solver" -> solver = text(field, value, MAX_NAME);
            case "command" -> command = text(field, value, MAX_TEXT);
            case "tags" -> {
                tags = texts(field, value);
                if (!tags.stream().allMatch(Registrations::tag)) {
                    wrong(field, value, "words without a comma, of 1 to " + MAX_TAG + " characters, would be valid");
                }
            }
            case "figures" -> figures = texts(field, value);
            case "settings" -> settings(value);
            case "seed" -> {
                seed = value.asLong();
                if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                    wrong(field, value, "a whole number would be valid");
                }
            }
            default ->
                errors.add(new InvalidRequest.FieldError(
                        field,
                        field
                                + " is not known here; source, name, problem, solver, command, tags, settings, figures,"
                                + " seed and schema would be"));
        }
    }

    private String text(String field, JsonNode value, int most) {
        if (!value.isTextual() || value.textValue().length() > most) {
            wrong(field, value, "a text of at most " + most + " characters would be valid");
        }
        return value.asText().strip();
    }

    private List<String> texts(String field, JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (!value.isArray() || value.size() > MAX_ENTRIES) {
            wrong(field, value, "a list of at most " + MAX_ENTRIES + " texts would be valid");
            return texts;
        }
        for (JsonNode entry : value) {
            texts.add(text(field, entry, MAX_NAME));
        }
        return texts;
    }

    /** Whether a run can have it as a tag. */
    static boolean tag(String text) {
        return !text.isBlank() && text.length() <= MAX_TAG && text.indexOf(',') < 0;
    }

    private void settings(JsonNode value) {
        if (!value.isObject() || value.size() > MAX_ENTRIES) {
            wrong("settings", value, "an object of at most " + MAX_ENTRIES + " texts would be valid");
            return;
        }
        for (Map.Entry<String, JsonNode> setting : value.properties()) {
            JsonNode of = setting.getValue();
            if (of.isContainerNode() || of.asText().length() > MAX_TEXT) {
                wrong(
                        "settings." + setting.getKey(),
                        of,
                        "a text of at most " + MAX_TEXT + " characters would be valid");
            }
            settings.put(setting.getKey(), of.asText());
        }
    }

    private void wrong(String field, JsonNode value, String valid) {
        String shown = value.toString();
        errors.add(new InvalidRequest.FieldError(
                field, field + " is " + (shown.length() <= 60 ? shown : shown.substring(0, 60) + "…") + "; " + valid));
    }
}
