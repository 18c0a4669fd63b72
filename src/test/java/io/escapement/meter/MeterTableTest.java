package io.escapement.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of meters in grafana/README.md is the catalogue. */
class MeterTableTest {

    private static final String BEGIN = "<!-- meters -->\n";
    private static final String END = "<!-- /meters -->";

    private static String table() {
        return "| meter | type | unit | labels | what |\n|---|---|---|---|---|\n"
                + Arrays.stream(RunMeter.values()).map(MeterTableTest::row).collect(Collectors.joining());
    }

    private static String row(RunMeter meter) {
        return "| `" + meter.exposedName() + "` | " + meter.type().name().toLowerCase(Locale.ROOT) + " | "
                + meter.unit() + " | " + String.join(", ", meter.tags()) + " | " + meter.help() + " |\n";
    }

    @Test
    void theDocumentationIsTheCatalogue() throws IOException {
        String readme = Files.readString(Path.of("grafana/README.md"));
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        assertThat(readme.substring(begin, readme.indexOf(END)))
                .as("the table in grafana/README.md; put what is expected in its place")
                .isEqualTo(table());
    }
}
