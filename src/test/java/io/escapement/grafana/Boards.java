package io.escapement.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The shipped dashboards. */
public final class Boards {

    static final Path DIRECTORY = Path.of("grafana/dashboards");

    private Boards() {}

    /** A dashboard and its file's name. */
    public record Board(String file, JsonNode json) {

        /** Without the rows that only part them. */
        public List<JsonNode> panels() {
            List<JsonNode> panels = new ArrayList<>();
            json.path("panels").forEach(panel -> {
                if (!panel.path("type").asText().equals("row")) {
                    panels.add(panel);
                }
            });
            return panels;
        }

        public List<JsonNode> variables() {
            List<JsonNode> variables = new ArrayList<>();
            json.at("/templating/list").forEach(variables::add);
            return variables;
        }

        /** Every expression, of panels and annotations, as it is written. */
        public List<String> expressions() {
            List<String> expressions = new ArrayList<>();
            panels().forEach(panel -> panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asText())));
            json.at("/annotations/list")
                    .forEach(annotation ->
                            expressions.add(annotation.path("expr").asText()));
            return expressions;
        }

        @Override
        public String toString() {
            return file;
        }
    }

    public static List<Board> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Board> boards = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                boards.add(new Board(file.getFileName().toString(), new JsonMapper().readTree(Files.readString(file))));
            }
            return boards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
