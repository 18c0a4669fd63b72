package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.experiment.record.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code escapement experiment} as a user meets it. */
@Timeout(120)
class ExperimentCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void listNamesThemWithALineEach() {
        assertThat(run("experiment", "list")).isEqualTo(ExitCode.GOAL);
        assertThat(out().lines())
                .anyMatch(line -> line.startsWith("leac-table1 ") && line.endsWith("([LEAC] table 1)"))
                .anyMatch(line -> line.startsWith("escape-benchmark "));
    }

    @Test
    void aTableSetsOursBesideThePapers() throws IOException {
        int code = run("experiment", "leac-c2", "--out", directory.toString());
        assertThat(code).as(out() + err()).isEqualTo(ExitCode.GOAL);
        assertThat(out()).contains("3.0015", "ours must reach", "met").doesNotContain("MISSED");
        assertThat(err()).contains("leac-c2-seed1-trials1.json").doesNotContain("[");
        assertThat(directory.resolve("leac-c2-seed1-trials1.csv")).exists();
        assertThat(Files.readAllLines(directory.resolve(Journal.NAME))).hasSize(4);
    }

    @Test
    void aReportIsWrittenWhereOneIsWanted() throws IOException {
        Path report = directory.resolve("report.html");
        String out = directory.resolve("out").toString();
        assertThat(run("experiment", "leac-c2", "--out", out, "--report", report.toString()))
                .as(out() + err())
                .isEqualTo(ExitCode.GOAL);
        assertThat(err()).contains("report: file:");
        assertThat(Files.readString(report)).startsWith("<!doctype html>").contains("\"experiment\":\"leac-c2\"");
        Path nowhere = directory.resolve("absent/report.html");
        assertThat(run("experiment", "leac-c2", "--out", out, "--report", nowhere.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--report", nowhere.toString(), "a directory that exists");
    }

    @Test
    void jsonIsOneObjectAndASecondRunRepeatsIt() throws IOException {
        String[] line = {
            "experiment",
            "leac-table1",
            "--quick",
            "--trials",
            "2",
            "--seed",
            "7",
            "--json",
            "--out",
            directory.toString()
        };
        run(line);
        JsonNode first = new ObjectMapper().readTree(out());
        assertThat(first.get("experiment").asText()).isEqualTo("leac-table1");
        assertThat(first.get("trials").asInt()).isEqualTo(2);
        assertThat(first.get("seed").asLong()).isEqualTo(7);
        assertThat(first.get("complete").asBoolean()).isTrue();
        long lines = Files.readAllLines(directory.resolve(Journal.NAME)).size();
        run(line);
        assertThat(new ObjectMapper().readTree(out()).get("comparisons")).isEqualTo(first.get("comparisons"));
        assertThat(Files.readAllLines(directory.resolve(Journal.NAME)).size())
                .as("nothing is done twice")
                .isEqualTo(lines);
        assertThat(err()).doesNotContain("was kept as");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "experiment leac-table9             | ID is 'leac-table9'; valid: list, all, leac-table1",
                "experiment leac-table1 --trials 0  | --trials is 0; 1 to",
                "experiment leac-fig1 --trials 3    | --trials is 3; leac-fig1 draws single runs: 1 is possible",
                "experiment leac-c2 --jobs 0        | --jobs is 0; 1 to 1024 is possible",
                "experiment                         | Missing required parameter: 'ID'",
                "experiment leac-c2 --seed x        | --seed is 'x'; a whole number would be valid"
            })
    void aWrongOptionIsNamed(String line, String message) {
        assertThat(run(line.strip().split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains(message).contains("--help");
        assertThat(out()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(run("experiment", "leac-c2", "--out", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--out is " + file);
    }

    @Test
    void aSpoiltJournalIsBadData() throws IOException {
        Files.writeString(directory.resolve(Journal.NAME), "spoilt\n");
        assertThat(run("experiment", "leac-c2", "--out", directory.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains(Journal.NAME + ", line 1");
    }

    @Test
    void timeLeftIsInWords() {
        assertThat(ExperimentProgress.words(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(ExperimentProgress.words(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(ExperimentProgress.words(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }

    @Test
    void allTakesEachExperimentsOwnTrials() {
        assertThat(run("experiment", "all", "--trials", "3")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--trials is 3; with all, every experiment has its own number");
    }
}
