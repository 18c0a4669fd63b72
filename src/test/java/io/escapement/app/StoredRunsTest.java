package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are found again by a later command. */
@Timeout(120)
class StoredRunsTest {

    private static final String RUN = "run pmc --n 11 --rho 0.01 --init-scale 1e-7 --escape leac-simulated --json";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int line(String text) {
        out.reset();
        err.reset();
        return Main.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                (text + " --store " + directory.resolve("store")).split(" ", -1));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    @Test
    void theLandscapeOfAStoredRunIsWritten() throws IOException {
        assertThat(line("run pmc --n 3 --rho 0.3 --init-scale 2 --seed 9 --step fixed:0.03 --json"))
                .isEqualTo(ExitCode.GOAL);
        assertThat(line("landscape last --size 17")).as(err()).isEqualTo(ExitCode.GOAL);
        List<String> grid = out().lines().toList();
        assertThat(grid).hasSize(1 + 17 * 17).first().isEqualTo("alpha,beta,loss");
        assertThat(line("landscape last --basis escape:1 --format path")).isEqualTo(ExitCode.GOAL);
        assertThat(out().lines().skip(1)).anyMatch(row -> row.split(",", -1)[2].equals("0.0"));
        assertThat(line("landscape last --basis pca --window 0,1,0,1 --size 9 --format json"))
                .isEqualTo(ExitCode.GOAL);
        assertThat(json().at("/basis/window/1").asDouble()).isEqualTo(1);
        assertThat(json().at("/grid/values")).hasSize(81);
        Path file = directory.resolve("grid.csv");
        assertThat(line("landscape last --size 9 -o " + file)).isEqualTo(ExitCode.GOAL);
        assertThat(Files.readAllLines(file)).hasSize(82);
        assertThat(line("landscape last --basis escape:2")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("escape:1 to escape:1 would be valid");
        assertThat(line("landscape last --size 64")).isEqualTo(ExitCode.USAGE);
        assertThat(line("landscape last --format svg")).isEqualTo(ExitCode.USAGE);
        assertThat(line("landscape nobody")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRunIsListedShownAndExported() throws IOException {
        assertThat(line("runs")).as(err()).isEqualTo(ExitCode.GOAL);
        assertThat(out()).startsWith("no runs");
        assertThat(line(RUN)).as(err()).isEqualTo(ExitCode.GOAL);
        JsonNode report = json();
        String id = report.get("runId").asText();
        long iterations = report.get("iterations").asLong();

        assertThat(line("runs --state converged --q leac --json")).as(err()).isEqualTo(ExitCode.GOAL);
        JsonNode listed = json().get("runs");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("id").asText()).isEqualTo(id);
        assertThat(line("runs --state lost")).isEqualTo(ExitCode.GOAL);
        assertThat(out()).startsWith("no runs");

        assertThat(line("show " + id.substring(0, 20) + " --json")).as(err()).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("status").get("verdict").asText()).isEqualTo("global-minimum");
        assertThat(json().get("events").findValuesAsText("kind")).contains("stationary", "escape", "verdict");
        assertThat(line("show last")).isEqualTo(ExitCode.GOAL);
        assertThat(out()).contains("leac-simulated accepted").contains("Global minimum");

        assertThat(line("export last --format csv")).as(err()).isEqualTo(ExitCode.GOAL);
        List<String> rows = out().lines().toList();
        assertThat(rows.get(0)).startsWith("iteration,bucket,segment,elapsed,loss,gradientNorm");
        assertThat(rows).hasSize((int) iterations + 2);
        assertThat(rows.get(1)).startsWith("0,1,0,");

        assertThat(line("export last --format ndjson")).as(err()).isEqualTo(ExitCode.GOAL);
        ObjectMapper mapper = new ObjectMapper();
        long verdicts = 0;
        long told = 0;
        for (String text : out().lines().toList()) {
            String kind = mapper.readTree(text).get("kind").asText();
            verdicts += kind.equals("verdict") ? 1 : 0;
            told += kind.equals("iteration") ? 1 : 0;
        }
        assertThat(verdicts).isEqualTo(1);
        assertThat(told).isEqualTo(iterations + 1);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamedWithTheReason() {
        assertThat(line(RUN)).as(err()).isEqualTo(ExitCode.GOAL);
        Path nowhere = directory.resolve("none").resolve("run.csv");
        assertThat(line("export last -o " + nowhere)).isEqualTo(ExitCode.ERROR);
        assertThat(err()).contains("--out is " + nowhere + ", which cannot be written: no such file or directory");
    }

    /** By the format's own description: the footer is found from the end, the first column's page after the first mark. */
    @Test
    void aParquetFileHasItsMarksAndTheIterationsAsItsFirstColumn() throws IOException {
        assertThat(line(RUN)).as(err()).isEqualTo(ExitCode.GOAL);
        long iterations = json().get("iterations").asLong();
        Path file = directory.resolve("run.parquet");
        assertThat(line("export last --format parquet -o " + file)).as(err()).isEqualTo(ExitCode.GOAL);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII))
                .isEqualTo("PAR1");
        int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        String names = new String(bytes, bytes.length - 8 - footer, footer, StandardCharsets.ISO_8859_1);
        assertThat(names).contains("iteration", "bucket", "gradientNorm", "escapement");
        int page = 4;
        while (bytes[page] != 0x1f || bytes[page + 1] != (byte) 0x8b) {
            page++;
        }
        try (DataInputStream column = new DataInputStream(
                new GZIPInputStream(new ByteArrayInputStream(bytes, page, bytes.length - page), 512))) {
            for (long i = 0; i <= iterations; i++) {
                assertThat(Long.reverseBytes(column.readLong())).isEqualTo(i);
            }
        }
    }

    @Test
    void trialsAreStoredEachAsARun() throws IOException {
        assertThat(line("run pmc --n 11 --rho 0.01 --trials 12 --json"))
                .as(err())
                .isEqualTo(ExitCode.GOAL);
        assertThat(line("runs --json")).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("runs")).hasSize(12);
    }

    @Test
    void trialsOfAnExperimentAreFoundByItsNameAndCell() throws IOException {
        line("experiment leac-c2 --quick --trials 1 --json -q --out " + directory.resolve("out"));
        assertThat(line("runs --q leac-c2 --limit 1000 --json")).as(err()).isEqualTo(ExitCode.GOAL);
        JsonNode runs = json().get("runs");
        assertThat(runs.size()).isPositive();
        assertThat(runs.get(0).get("name").asText()).startsWith("leac-c2: ");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(line("show last")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("RUN is 'last', and there is no run in " + directory.resolve("store"));
        assertThat(line(RUN)).as(err()).isEqualTo(ExitCode.GOAL);
        assertThat(line("show nothing")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("RUN").contains("nothing").contains("escapement runs");
        assertThat(line("export last --format xlsx")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("csv, ndjson, parquet");
        assertThat(line("runs --state happy")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("lost");
    }
}
