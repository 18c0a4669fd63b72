package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.RunHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A run is made again from its header alone. */
class RepeatedRunTest {

    private static PreparedRun prepared(String... command) {
        RunOptions options = new RunOptions();
        List<String> words = List.of(command);
        new CommandLine(options).parseArgs(words.subList(1, words.size()).toArray(String[]::new));
        return Preparation.generated(words.get(0), options, OptionText.command(words));
    }

    static Stream<String> problems() {
        return ProblemChoice.names().stream();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblem(String problem) {
        RunHeader header =
                prepared(problem, "--seed=7", "--name=it's 'quoted' \\ twice").header();
        RunHeader again = RepeatedRun.of(header).prepared().header();
        assertThat(again.settings()).isEqualTo(header.settings());
        assertThat(again.name()).isEqualTo("it's 'quoted' \\ twice");
        assertThat(again.gradientBound()).isEqualTo(header.gradientBound());
    }

    @Test
    void optionsOfTheCommandThatAreNotOfTheRunAreLeftOut() {
        List<String> words =
                List.of("pmc", "--n", "9", "--serve", "--port", "0", "--store", "/tmp/with space", "-q", "--kappa=1");
        assertThat(OptionText.arguments(OptionText.command(words))).isEqualTo(words);
    }

    @Test
    void anInstanceThatIsAnotherNowIsRefused() {
        RunHeader header = prepared("pmc", "--n=9").header();
        Map<String, String> settings = new LinkedHashMap<>(header.settings());
        settings.put("rho", "0.5");
        assertThatThrownBy(() -> RepeatedRun.of(with(header, settings)))
                .isInstanceOf(CannotResume.class)
                .hasMessageContaining("would be another run now: rho was 0.5 and is 0.01");
        settings.put("experiment", "sod-pmc");
        assertThatThrownBy(() -> RepeatedRun.of(with(header, settings)))
                .isInstanceOf(CannotResume.class)
                .hasMessageContaining("trial of an experiment");
    }

    private static RunHeader with(RunHeader of, Map<String, String> settings) {
        return new RunHeader(
                of.id(),
                of.name(),
                of.problem(),
                of.solver(),
                of.escape(),
                of.seed(),
                of.started(),
                of.command(),
                settings,
                new ArrayList<>(of.figures()),
                of.gradientBound(),
                of.axes());
    }
}
