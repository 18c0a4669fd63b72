package io.escapement.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * An OpenAPI document, its operations, and its schemas in the hands of a JSON Schema validator. For tests, schemas are closed:
 * a property that the document does not name is an error, though a client has to pass over it, unless the schema says
 * something of additional ones.
 */
final class OpenApi {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SCHEMAS = "#/components/schemas/";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    final JsonNode document;
    private final ObjectNode definitions;

    /** An operation, named "GET /api/v1/runs/{id}". */
    record Operation(HttpMethod method, String path, JsonNode node) {
        String name() {
            return method.name() + " " + path;
        }
    }

    OpenApi(String yaml) {
        document = MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        definitions = closed(document.at("/components/schemas"));
    }

    Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> part : path.getValue().properties()) {
                if (METHODS.contains(part.getKey())) {
                    Operation operation = new Operation(
                            HttpMethod.valueOf(part.getKey().toUpperCase(Locale.ROOT)), path.getKey(), part.getValue());
                    operations.put(operation.name(), operation);
                }
            }
        }
        return operations;
    }

    /** What a node stands for, where it is a reference. */
    JsonNode resolve(JsonNode node) {
        JsonNode here = node;
        while (here.has("$ref")) {
            here = document.at(here.path("$ref").asText().substring(1));
        }
        return here;
    }

    /** Visits every object in the document. */
    void each(Consumer<JsonNode> visitor) {
        each(document, visitor);
    }

    private static void each(JsonNode node, Consumer<JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(node);
        }
        node.forEach(child -> each(child, visitor));
    }

    /** What is wrong with a value by a schema of the document. */
    List<String> errors(JsonNode schema, JsonNode value) {
        ObjectNode root = closed(schema);
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.set("$defs", definitions);
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return told(FACTORY.getSchema(root, config).validate(value));
    }

    /** What is wrong with the named schemas themselves. */
    List<String> schemaErrors() {
        return told(FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(MAPPER.createObjectNode().set("$defs", definitions)));
    }

    private static List<String> told(Set<ValidationMessage> messages) {
        return messages.stream().map(ValidationMessage::toString).toList();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private ObjectNode closed(JsonNode schemas) {
        ObjectNode copy = schemas.deepCopy();
        Set<String> parts = new HashSet<>();
        each(
                document,
                node -> node.path("allOf")
                        .forEach(part -> parts.add(part.path("$ref").asText())));
        List<ObjectNode> open = new ArrayList<>();
        each(copy, node -> open.add((ObjectNode) node));
        for (ObjectNode node : open) {
            // A schema has them as an object, an event may have "properties" of its own.
            if (node.path("properties").isObject() && !node.has("additionalProperties")) {
                node.put("unevaluatedProperties", false);
            }
            node.remove("discriminator");
            JsonNode reference = node.path("$ref");
            if (reference.isTextual() && reference.asText().startsWith(SCHEMAS)) {
                node.put("$ref", "#/$defs/" + reference.asText().substring(SCHEMAS.length()));
            }
        }
        for (String part : parts) {
            if (copy.path(part.substring(part.lastIndexOf('/') + 1)) instanceof ObjectNode shared) {
                shared.remove("unevaluatedProperties");
            }
        }
        return copy;
    }
}
