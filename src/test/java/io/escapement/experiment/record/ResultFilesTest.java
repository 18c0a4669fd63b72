package io.escapement.experiment.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.experiment.Comparison;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Engine;
import io.escapement.experiment.Estimate;
import io.escapement.experiment.Figure;
import io.escapement.experiment.Figure.Axis;
import io.escapement.experiment.Report;
import io.escapement.experiment.Results;
import io.escapement.experiment.Scope;
import io.escapement.experiment.Toy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    private static final Scope SCOPE = new Scope(2, 5, true);
    private static final String STEM = "toy-seed5-trials2-quick";

    @TempDir
    private Path directory;

    private final Toy toy = new Toy();
    private final Results results = new Results(toy.cells(true));

    private ResultDocument document(double ours) {
        Report report = new Report(
                List.of(
                        Comparison.of("h, \"quoted\"", ours).paper("1").atLeast(2),
                        Comparison.of("unknown", Estimate.unknown())),
                List.of(
                        new Figure.Curves(
                                "Loss",
                                Axis.linear("iteration"),
                                Axis.log("h"),
                                List.of(new Curve("gd", List.of(0.0), List.of(0.5)))),
                        new Figure.HeatMap(
                                "Map",
                                "a",
                                List.of("1", "2"),
                                "b",
                                List.of("x"),
                                "rate",
                                List.of(Arrays.asList(1.0, null))),
                        new Figure.Scatter(
                                "Growth",
                                Axis.linear("sum"),
                                Axis.linear("growth"),
                                List.of(new Figure.Points("run", List.of(2.0, 1.0), List.of(0.7, 0.3))),
                                List.of(new Figure.Line("ours", false, 0, new Estimate(0.3, 0.2, 0.4))))),
                List.of("A note."));
        return ResultDocument.of(toy, SCOPE, new Engine.Collected(results, 4, 0, 4), report, "test");
    }

    private ResultFiles.Written write(double ours) throws IOException {
        return ResultFiles.write(directory, document(ours), results);
    }

    @Test
    void writesJsonAndCsv() throws IOException {
        ResultFiles.Written written = write(1.5);
        assertThat(written.kept()).isNull();
        assertThat(written.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(STEM + ".json", STEM + ".csv", STEM + "-trials.csv", STEM + "-curves.csv");
        JsonNode json =
                new ObjectMapper().readTree(Files.readString(written.files().get(0)));
        assertThat(json.get("schema").asInt()).isEqualTo(1);
        assertThat(json.get("met").asBoolean()).isFalse();
        assertThat(json.at("/comparisons/0/ours/value").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/comparisons/0/ours").has("low")).isFalse();
        assertThat(json.at("/comparisons/1/ours").has("value")).isFalse();
        assertThat(json.at("/figures/0/kind").asText()).isEqualTo("curves");
        assertThat(json.at("/figures/0/y/scale").asText()).isEqualTo("log");
        assertThat(json.at("/figures/1/values/0/1").isNull()).isTrue();
        assertThat(json.at("/figures/2/kind").asText()).isEqualTo("scatter");
        assertThat(json.at("/figures/2/series/0/x/1").asDouble()).isEqualTo(1);
        assertThat(json.at("/figures/2/lines/0/slope/high").asDouble()).isEqualTo(0.4);
        assertThat(json.at("/cells/0").has("rate")).isFalse();
        assertThat(Files.readString(directory.resolve(STEM + ".csv")))
                .contains("\"h, \"\"quoted\"\"\",1.5,,,1,at least 2,false\n");
        assertThat(Files.readString(directory.resolve(STEM + "-curves.csv")))
                .contains("Loss,gd,0.0,0.5\n", "Growth,run,2.0,0.7\n");
    }

    @Test
    void anotherResultDoesNotOverwrite() throws IOException {
        write(1.5);
        String first = Files.readString(directory.resolve(STEM + ".csv"));
        assertThat(write(1.5).kept()).as("the same figures").isNull();
        assertThat(write(2.5).kept()).hasFileName(STEM + ".old1.json");
        assertThat(Files.readString(directory.resolve(STEM + ".old1.csv"))).isEqualTo(first);
        assertThat(write(3.5).kept()).hasFileName(STEM + ".old2.json");
        assertThat(ResultFiles.latest(directory, "toy"))
                .hasValueSatisfying(file -> assertThat(file).hasFileName(STEM + ".json"));
        assertThat(ResultFiles.latest(directory, "other")).isEmpty();
        assertThat(ResultFiles.latest(directory.resolve("nowhere"), "toy")).isEmpty();
    }

    @Test
    void theTableSaysWhatWasMissed() {
        String text = ResultText.of(document(1.5));
        assertThat(text).contains("at least 2", "MISSED", "not known", "A note.");
        assertThat(text).doesNotContain("\u001b");
    }
}
