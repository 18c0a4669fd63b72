package io.escapement.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's pure modules under node's own test runner. */
class WebModulesIT {

    private static final String NODE = "/usr/bin/node";

    @Test
    @NeedsProgram(NODE)
    void nodeTestsPass() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(NODE, "--test"));
        try (Stream<Path> files = Files.list(Path.of("src/test/js"))) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(command::add);
        }
        assertThat(command).as("there are tests to run").hasSizeGreaterThan(2);
        Path output = Path.of("target/web-modules.txt");
        Process node = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = node.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            node.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(node.exitValue()).as(text).isZero();
        assertThat(text).contains("# fail 0").doesNotContain("# tests 0\n");
    }
}
