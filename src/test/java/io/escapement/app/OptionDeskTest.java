package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.web.RunDesk;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

class OptionDeskTest {

    private final RunDesk.StartForm form = new OptionDesk(null, null, null, null).form();

    private RunDesk.Option option(String name) {
        return form.options().stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A new option falls to the advanced ones until somebody says where it belongs; one that is gone leaves no name behind. */
    @Test
    void everyOptionIsInOneGroup() {
        List<String> options = CommandSpec.forAnnotatedObject(new RunOptions()).options().stream()
                .map(OptionText::name)
                .toList();
        assertThat(OptionGroups.named()).containsExactlyInAnyOrderElementsOf(options);
        assertThat(form.options())
                .extracting(RunDesk.Option::group)
                .isSubsetOf(Set.of("problem", "start", "solver", "escape", "stopping", "advanced"));
    }

    @Test
    void theFormSaysWhatAnOptionTakes() {
        assertThat(option("n").type()).isEqualTo("integer");
        assertThat(option("max-time").type()).isEqualTo("number");
        assertThat(option("mask").choices()).contains(option("mask").defaultValue());
        assertThat(option("precision").choices()).contains(option("precision").defaultValue());
        assertThat(option("solver").suggestions()).contains("gd", "lmm");
        assertThat(option("escape").suggestions()).contains("sod-multi");
        assertThat(option("solver").description()).contains("heavy ball");
        assertThat(form.problems())
                .allSatisfy(problem -> assertThat(form.options().stream()
                                .map(RunDesk.Option::name)
                                .toList())
                        .containsAll(problem.options()));
    }
}
