package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Flags over environment over file over defaults, and every mistake with its place. */
class ConfigCommandTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void noFileOfTheUsersOwn() {
        environment.put("XDG_CONFIG_HOME", directory.resolve("home").toString());
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                args);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path file(String text) throws IOException {
        Path file = directory.resolve("c.yaml");
        Files.writeString(file, text);
        return file;
    }

    private JsonNode config(String... more) throws IOException {
        String[] args = new String[more.length + 2];
        args[0] = "config";
        args[1] = "--json";
        System.arraycopy(more, 0, args, 2, more.length);
        assertThat(run(args)).as(err()).isZero();
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static void check(JsonNode option, String value, String origin) {
        assertThat(option.path("value").asText()).isEqualTo(value);
        assertThat(option.path("origin").asText()).isEqualTo(origin);
    }

    @Test
    void flagsOverEnvironmentOverSectionOverTopOverDefault() throws IOException {
        String file = file("port: 1\nserve:\n  port: 2\nrun:\n  n: 7\n").toString();
        check(config().at("/serve/port"), "8080", "default");
        JsonNode section = config("--config", file);
        check(section.at("/serve/port"), "2", "file");
        assertThat(section.at("/serve/port/where").asText()).isEqualTo(file + ", line 3");
        check(section.at("/run/n"), "7", "file");
        environment.put("ESCAPEMENT_PORT", "3");
        check(config("--config", file).at("/serve/port"), "3", "environment");
        check(config("--config=" + file, "--port=4").at("/serve/port"), "4", "flag");
        environment.remove("ESCAPEMENT_PORT");
        check(config("--config", file("port: 1\n").toString()).at("/serve/port"), "1", "file");
    }

    @Test
    void theFileIsFoundByFlagVariableOrAtHomeAndNotInTheCurrentDirectory() throws IOException {
        Path home = directory.resolve("home/escapement/escapement.yaml");
        Files.createDirectories(home.getParent());
        Files.writeString(home, "port: 11\n");
        check(config().at("/serve/port"), "11", "file");
        environment.put("ESCAPEMENT_CONFIG", file("port: 12\n").toString());
        check(config().at("/serve/port"), "12", "file");
        check(config("--config", "none").at("/serve/port"), "8080", "default");
        assertThat(config("--config", "none").has("file")).isFalse();
    }

    @Test
    void listsMapsAndFlagsAreOptionsToo() throws IOException {
        String file = file("""
                        serve:
                          alert-for:
                            stalled: 30s
                            slow: 2m
                          no-alerts: true
                          allowed-host: [a.example, b.example]
                        alert-webhook:
                          - http://a.example/
                          - alertmanager:http://b.example/
                        """).toString();
        JsonNode serve = config("--config", file).path("serve");
        check(serve.path("alert-for"), "stalled=30s slow=2m", "file");
        check(serve.path("allowed-host"), "a.example b.example", "file");
        check(serve.path("alert-webhook"), "http://a.example/ alertmanager:http://b.example/", "file");
        check(serve.path("no-alerts"), "true", "file");
        // A flag that is given is given, whatever the file says.
        check(config("--config", file, "--no-alerts").at("/serve/no-alerts"), "true", "flag");
    }

    @Test
    void everyOptionOfTheServerIsShown() throws IOException {
        JsonNode serve = config(
                        "--config", file("serve:\n  resume-lost: true\n").toString())
                .path("serve");
        check(serve.path("resume-lost"), "true", "file");
        List<String> names = new CommandLine(new ServeCommand(System.out, System.err))
                .getCommandSpec().options().stream().map(OptionText::name).toList();
        assertThat(names).hasSizeGreaterThan(20).contains("help", "version");
        assertThat(serve.fieldNames())
                .toIterable()
                .containsAll(names.stream()
                        .filter(name -> !name.equals("help") && !name.equals("version"))
                        .toList());
    }

    /** The meters for Prometheus have two names, of which one is an option of run's in its own right. */
    @Test
    void metersIsASecondNameOfMetricsButForRun() throws IOException {
        check(config("--meters", "aggregate").at("/serve/metrics"), "aggregate", "flag");
        String file = file("serve:\n  meters: aggregate\nrun:\n  meters: V,P\n").toString();
        JsonNode config = config("--config", file);
        check(config.at("/serve/metrics"), "aggregate", "file");
        check(config.at("/run/meters"), "V,P", "file");
        check(config("--config", file("meters: V,P\n").toString()).at("/serve/metrics"), "all", "default");
        environment.put("ESCAPEMENT_METERS", "aggregate");
        check(config().at("/serve/metrics"), "aggregate", "environment");
        assertThat(err()).doesNotContain("ESCAPEMENT_METERS");
        environment.put("ESCAPEMENT_METRICS", "all");
        check(config().at("/serve/metrics"), "all", "environment");
    }

    @Test
    void secretsAreNotShown() throws IOException {
        environment.put("ESCAPEMENT_TOKEN_READ", "s3cr3t-0123456789abcdefghijklmnopqrstuv");
        environment.put("ESCAPEMENT_ALERT_WEBHOOK", "https://me:s3cr3t@chat.example/s3cr3t nothing://s3cr3t");
        JsonNode config = config();
        check(config.at("/serve/token-read"), "1 token, not shown", "environment");
        check(config.at("/serve/alert-webhook"), "https://chat.example/… (not valid, not shown)", "environment");
        String json = out.toString(StandardCharsets.UTF_8);
        assertThat(run("config")).isZero();
        assertThat(json + out + err()).doesNotContain("s3cr3t");
    }

    @Test
    void aVariableThatNothingHeedsIsWarnedOf() throws IOException {
        environment.put("ESCAPEMENT_PROT", "1");
        config();
        assertThat(err()).contains("the variable ESCAPEMENT_PROT is not known; ESCAPEMENT_PORT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 1\\nservee:\\n  port: 1 | line 2: servee is no option, and no command; serve would be valid",
                "serve:\\n  prot: 1 | line 2: prot is no option of serve; port would be valid",
                "serve:\\n  solver: gd | line 2: solver is no option of serve; 'escapement serve --help' names them",
                "token: abc | line 1: token is a command; lines 'OPTION: VALUE' below it, or token-file, would be valid",
                "colour: red | line 1: colour is no option, and no command; 'escapement --help' names",
                "serve: [1] | line 1: serve is '1'; true or false, or lines 'OPTION: VALUE' below it",
                "serve: [true, true] | line 1: serve is 'true true'; true or false, or lines",
                "run: 5 | line 1: run is a command; lines 'OPTION: VALUE' below it would be valid",
                "serve:\\n  no-alerts: [1] | line 2: no-alerts is '1'; true or false is needed",
                "port: 1\\nport: 2 | line 2: port is there twice; once is needed",
                "serve:\\n  port: 1\\n  port: 2 | line 3: port is there twice; once is needed",
                "port: | line 1: port has no value that is a text, a number, true or false",
                "serve:\\n  bind: [[a]] | line 2: bind has no value that is a text",
                "- port | line 1: the file is no mapping; lines 'OPTION: VALUE' are needed",
                "port: [1 | is not valid YAML",
                "port: abc | --port is 'abc'; a whole number would be valid (it is set by",
                "run:\\n  n: abc | --n is not valid at",
                "run:\\n  serve: perhaps | line 2: serve is 'perhaps'; true or false is needed",
            })
    void mistakesAreNamedWithTheirPlace(String yaml, String message) throws IOException {
        String file = file(yaml.replace("\\n", "\n")).toString();
        assertThat(run("config", "--config", file)).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains(message).contains(file);
    }

    @Test
    void aValueOutOfBoundsNamesWhereItIsSet() throws IOException {
        environment.put("ESCAPEMENT_PORT", "70000");
        assertThat(run("serve", "--store", "none")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--port is 70000; 0 to 65535 is possible (it is set by ESCAPEMENT_PORT)");
    }

    /** The command that is kept with a run repeats it without the file. */
    @Test
    void aRunTakesItsOptionsFromTheFileAndItsCommandNamesThem() throws IOException {
        String file = file("store: none\nrun:\n  solver: lbfgs\n  n: 6\n  max-iterations: 3\n")
                .toString();
        int code = run("run", "pmc", "--config", file, "--json", "--n", "5");
        JsonNode result = new ObjectMapper().readTree(out.toByteArray());
        assertThat(code).as(err()).isIn(ExitCode.GOAL, ExitCode.STOPPED_SHORT);
        assertThat(result.path("solver").asText()).isEqualTo("lbfgs");
        assertThat(result.path("iterations").asInt()).isBetween(1, 3);
        assertThat(run("run", "pmc", "--config", file, "--json", "--trials", "2"))
                .isZero();
        assertThat(new ObjectMapper().readTree(out.toByteArray()).path("trials"))
                .hasSize(2);
    }
}
