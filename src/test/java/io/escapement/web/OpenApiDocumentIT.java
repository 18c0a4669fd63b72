package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.alert.Rule;
import io.escapement.event.EscapeEpisode;
import io.escapement.event.Phase;
import io.escapement.event.RunState;
import io.escapement.event.StopReason;
import io.escapement.store.RunOrder;
import io.escapement.web.access.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document at /openapi.yaml: that it names what the router has, and no more, and is in itself in order. */
class OpenApiDocumentIT {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private static Served served;
    private static OpenApi api;
    private static HttpResponse<Buffer> answer;

    @BeforeAll
    static void serve() {
        served = new Served();
        WebClient client = WebClient.create(served.vertx);
        answer = Served.await(client.get(served.dashboard.port(), "127.0.0.1", "/openapi.yaml")
                .send());
        api = new OpenApi(answer.bodyAsString());
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void itIsServed() {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/yaml");
        assertThat(api.document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(api.document.at("/info/title").asText()).isNotBlank();
        assertThat(api.document.at("/info/version").asText()).isNotBlank();
    }

    /** A page is no part of the API. */
    private static boolean isPage(String path) {
        return PageRoutes.PAGES.contains(path)
                || PageRoutes.PAGES.contains(path + "*")
                || path.equals(PageRoutes.SIGN_IN);
    }

    @Test
    void everyRouteIsInItWithItsRoleAndNoOther() {
        Map<String, String> routes = new TreeMap<>();
        // The first two are what every request passes.
        for (Route route :
                served.dashboard.routes().subList(2, served.dashboard.routes().size())) {
            String path = route.getPath();
            if (path == null || isPage(path)) {
                continue;
            }
            assertThat(route.methods().contains(HttpMethod.HEAD))
                    .as("HEAD of " + path)
                    .isEqualTo(route.methods().contains(HttpMethod.GET));
            for (HttpMethod method : route.methods()) {
                if (method.equals(HttpMethod.HEAD)) {
                    // Of every GET, as the document says once.
                    continue;
                }
                routes.put(
                        method.name() + " " + path.replaceAll(":([^/]+)", "{$1}"),
                        route.<Role>getMetadata(Routes.ROLE).name().toLowerCase(Locale.ROOT));
            }
        }
        Map<String, String> documented = new TreeMap<>();
        api.operations()
                .forEach((name, operation) -> documented.put(
                        name, operation.node().path("x-escapement-role").asText()));
        assertThat(documented).isEqualTo(routes);
    }

    /** What a route takes and what the document names is one and the same, so that nothing is refused that is promised, or taken in silence. */
    @Test
    void everyQueryParameterOfARouteIsInItAndNoOther() {
        Map<String, Set<String>> taken = new TreeMap<>();
        for (Route route :
                served.dashboard.routes().subList(2, served.dashboard.routes().size())) {
            Set<String> query = route.getMetadata(Routes.QUERY);
            if (query == null) {
                continue;
            }
            for (HttpMethod method : route.methods()) {
                if (!method.equals(HttpMethod.HEAD)) {
                    String name = method.name() + " " + route.getPath().replaceAll(":([^/]+)", "{$1}");
                    taken.merge(name, new TreeSet<>(query), (one, other) -> {
                        assertThat(other).as(name).isEqualTo(one);
                        return one;
                    });
                }
            }
        }
        Map<String, Set<String>> documented = new TreeMap<>();
        api.operations().forEach((name, operation) -> {
            Set<String> query = new TreeSet<>();
            for (JsonNode list : List.of(
                    api.document.path("paths").path(operation.path()).path("parameters"),
                    operation.node().path("parameters"))) {
                for (JsonNode given : list) {
                    JsonNode parameter = api.resolve(given);
                    if (parameter.path("in").asText().equals("query")) {
                        query.add(parameter.path("name").asText());
                    }
                }
            }
            documented.put(name, query);
        });
        assertThat(taken).isEqualTo(documented);
    }

    @Test
    void whatNeedsARoleNeedsAToken() {
        api.operations().forEach((name, operation) -> {
            boolean anybody =
                    operation.node().path("x-escapement-role").asText().equals("anybody");
            // The whole document's holds where an operation has none of its own.
            assertThat(operation.node().has("security")).as(name).isEqualTo(anybody);
            if (!anybody) {
                assertThat(operation.node().path("responses").has("401"))
                        .as(name)
                        .isTrue();
                assertThat(operation.node().path("responses").has("403"))
                        .as(name)
                        .isTrue();
            }
        });
    }

    @Test
    void everyOperationIsNamedSummedUpAndUnderATag() {
        Set<String> tags = new HashSet<>();
        api.document.path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
        List<String> names = new ArrayList<>();
        api.operations().forEach((name, operation) -> {
            names.add(operation.node().path("operationId").asText());
            assertThat(operation.node().path("summary").asText()).as(name).isNotBlank();
            assertThat(operation.node().path("tags")).as(name).isNotEmpty();
            operation.node().path("tags").forEach(tag -> assertThat(tags).contains(tag.asText()));
            for (Map.Entry<String, JsonNode> response :
                    operation.node().path("responses").properties()) {
                assertThat(response.getKey()).as(name).matches("[1-5][0-9][0-9]|default");
                assertThat(api.resolve(response.getValue()).path("description").asText())
                        .as(name + " " + response.getKey())
                        .isNotBlank();
            }
        });
        assertThat(names).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void everyParameterOfAPathIsDeclaredAndNoOther() {
        api.operations().forEach((name, operation) -> {
            Set<String> inPath = new TreeSet<>();
            Matcher matcher = PARAMETER.matcher(operation.path());
            while (matcher.find()) {
                inPath.add(matcher.group(1));
            }
            Set<String> declared = new TreeSet<>();
            List<String> all = new ArrayList<>();
            for (JsonNode list : List.of(
                    api.document.path("paths").path(operation.path()).path("parameters"),
                    operation.node().path("parameters"))) {
                for (JsonNode given : list) {
                    JsonNode parameter = api.resolve(given);
                    all.add(parameter.path("in").asText() + " "
                            + parameter.path("name").asText());
                    assertThat(parameter.path("in").asText()).isIn("path", "query", "header", "cookie");
                    assertThat(parameter.has("schema")).as(name + given).isTrue();
                    if (parameter.path("in").asText().equals("path")) {
                        declared.add(parameter.path("name").asText());
                        assertThat(parameter.path("required").asBoolean()).isTrue();
                    }
                }
            }
            assertThat(declared).as(name).isEqualTo(inPath);
            assertThat(all).as(name).doesNotHaveDuplicates();
        });
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        Set<String> used = new TreeSet<>();
        api.each(node -> {
            if (node.path("$ref").isTextual()) {
                String reference = node.path("$ref").asText();
                used.add(reference);
                assertThat(reference).startsWith("#/components/");
                assertThat(api.document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            }
        });
        Set<String> components = new TreeSet<>();
        for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
            api.document
                    .at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> components.add("#/components/" + kind + "/" + name));
        }
        // Those that are described in words: messages of WebSockets and lines of NDJSON.
        components.removeAll(Set.of(
                "#/components/schemas/SentEvent",
                "#/components/schemas/StreamRequest",
                "#/components/schemas/StreamMessage"));
        assertThat(used).containsAll(components);
    }

    /** A comma too many, in a text without quotes, makes a field without a value of the rest of the text. */
    @Test
    void nothingInItIsWithoutAValue() {
        api.each(node -> node.properties()
                .forEach(field ->
                        assertThat(field.getValue().isNull()).as(field.getKey()).isFalse()));
    }

    private static List<String> words(JsonNode schema) {
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    private static List<String> words(String schema) {
        return words(api.document.at("/components/schemas/" + schema));
    }

    private static JsonNode parameter(String operation, String name) {
        for (JsonNode parameter : api.operations().get(operation).node().path("parameters")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("schema");
            }
        }
        throw new AssertionError(operation + " has no parameter " + name);
    }

    @Test
    void itsWordsAreThoseOfTheCode() {
        assertThat(words("RunState"))
                .isEqualTo(Arrays.stream(RunState.values()).map(RunState::label).toList());
        assertThat(words("Phase"))
                .isEqualTo(Arrays.stream(Phase.values()).map(Phase::label).toList());
        assertThat(words("RuleName"))
                .isEqualTo(Arrays.stream(Rule.values()).map(Rule::label).toList());
        assertThat(words("EpisodeOutcome"))
                .isEqualTo(Arrays.stream(EscapeEpisode.Outcome.values())
                        .map(EscapeEpisode.Outcome::label)
                        .toList());
        assertThat(words("Stop/properties/kind"))
                .isEqualTo(Arrays.stream(StopReason.class.getPermittedSubclasses())
                        .map(kind -> kind.getSimpleName()
                                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                                .toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(words("VerdictEvent/properties/state"))
                .isEqualTo(Arrays.stream(RunState.values())
                        .filter(RunState::canEnd)
                        .map(RunState::label)
                        .toList());
        assertThat(words(parameter("GET /api/v1/runs", "sort")))
                .isEqualTo(Arrays.stream(RunOrder.Column.values())
                        .map(RunOrder.Column::label)
                        .toList());
        assertThat(words(parameter("GET /api/v1/runs/{id}/events", "kind"))).isEqualTo(ApiRoutes.KINDS);
        assertThat(words(api.operations()
                        .get("POST /api/v1/runs/{id}/commands")
                        .node()
                        .at("/requestBody/content/application~1json/schema/properties/command")))
                .isEqualTo(ApiRoutes.COMMANDS);
    }

    @Test
    void itsSchemasAreValidByTheMetaSchema() {
        assertThat(api.schemaErrors()).isEmpty();
    }

    @Test
    void itsExamplesFitTheirSchemas() {
        List<String> wrong = new ArrayList<>();
        int[] examples = {0};
        api.each(node -> {
            if (node.path("schema").isObject()) {
                List<JsonNode> given = new ArrayList<>();
                if (node.has("example")) {
                    given.add(node.get("example"));
                }
                if (node.path("examples").isObject()) {
                    node.get("examples").forEach(example -> given.add(example.path("value")));
                }
                given.forEach(example -> {
                    examples[0]++;
                    api.errors(node.get("schema"), example).forEach(error -> wrong.add(example + ": " + error));
                });
            }
        });
        for (JsonNode schema : api.document.at("/components/schemas")) {
            schema.path("examples").forEach(example -> {
                examples[0]++;
                api.errors(schema, example).forEach(error -> wrong.add(example + ": " + error));
            });
        }
        assertThat(wrong).isEmpty();
        assertThat(examples[0]).isGreaterThan(15);
    }
}
