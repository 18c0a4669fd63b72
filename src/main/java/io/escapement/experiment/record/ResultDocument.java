package io.escapement.experiment.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Engine;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Report;
import io.escapement.experiment.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The result of an experiment as one JSON object; its fields are described in the package {@code io.escapement.experiment}.
 *
 * @param program version of this program
 * @param machine that put it together: system, processors, Java
 * @param finished when it was put together, UTC
 * @param seconds of all its trials together, on the clock of each
 */
public record ResultDocument(
        int schema,
        String experiment,
        int version,
        String title,
        String source,
        Map<String, String> settings,
        long seed,
        int trials,
        boolean quick,
        boolean complete,
        String command,
        String program,
        String machine,
        String finished,
        double seconds,
        boolean met,
        List<Comparison> comparisons,
        List<Figure> figures,
        List<CellSummary> cells,
        List<String> notes) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    public static ResultDocument of(
            Experiment experiment, Scope scope, Engine.Collected collected, Report report, String program) {
        return new ResultDocument(
                1,
                experiment.id(),
                experiment.version(),
                experiment.title(),
                experiment.source(),
                experiment.settings(),
                scope.seed(),
                scope.trials(),
                scope.quick(),
                collected.complete(),
                "escapement experiment " + experiment.id() + " --trials " + scope.trials() + " --seed " + scope.seed()
                        + (scope.quick() ? " --quick" : ""),
                program,
                thisMachine(),
                Instant.now().toString(),
                collected.results().samples().stream()
                        .flatMap(sample -> sample.outcomes().values().stream())
                        .mapToDouble(outcome -> outcome.seconds())
                        .sum(),
                report.met(),
                report.comparisons(),
                report.figures(),
                collected.results().samples().stream().map(CellSummary::of).toList(),
                report.notes());
    }

    /** Several as one object, on one line. */
    public static String json(List<ResultDocument> documents) {
        try {
            return JSON.writeValueAsString(Map.of("experiments", documents));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the results cannot be written", e);
        }
    }

    /** On one line. */
    public String json() {
        return write(JSON.writer());
    }

    /** For a file that people may look into. */
    String pretty() {
        return write(JSON.writer(SerializationFeature.INDENT_OUTPUT));
    }

    private String write(ObjectWriter writer) {
        try {
            return writer.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the result of " + experiment + " cannot be written", e);
        }
    }

    /** "Linux amd64, 2 processors, Java 17.0.15": what times depend on, and nothing that names the machine or its user. */
    private static String thisMachine() {
        int processors = Runtime.getRuntime().availableProcessors();
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + processors
                + (processors == 1 ? " processor" : " processors") + ", Java " + System.getProperty("java.version");
    }

    /** What another execution gives too: all but clocks and the machine. */
    ObjectNode figuresOnly() {
        return withoutClocks(JSON.valueToTree(this));
    }

    /** The same of a document that was read. */
    static ObjectNode withoutClocks(ObjectNode document) {
        document.remove(List.of("finished", "seconds", "program", "machine"));
        document.path("cells").forEach(cell -> ((ObjectNode) cell).remove("seconds"));
        return document;
    }
}
