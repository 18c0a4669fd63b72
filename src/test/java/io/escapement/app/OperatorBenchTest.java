package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorBenchTest {

    @Test
    void everyWorkHasALineInEveryTable() {
        int[] calls = new int[3];
        String text =
                new OperatorBench(12, 30, 2, List.of(1, 2), 3, Map.of("another", operator -> t -> calls[t]++)).run();
        assertThat(text).contains("30 dense measurements of a 12×12 symmetric matrix", "1 thread ", "2 threads");
        assertThat(text.lines().filter(line -> line.startsWith("plain read")))
                .hasSize(4)
                .allMatch(line -> line.contains("100 %"));
        assertThat(text.lines().filter(line -> line.startsWith("value and gradient")))
                .hasSize(4)
                .allMatch(line -> line.endsWith("1.00 ×"));
        assertThat(text.lines().filter(line -> line.startsWith("another"))).hasSize(2);
        assertThat(calls[1]).isEqualTo(calls[2]).isGreaterThan(3);
    }

    @Test
    void aCompletionIsComparedWithReadingItsData() {
        String text = new CompletionBench(300, 200, 3000, 2, List.of(1, 2), 1).run();
        assertThat(text).contains("entries of a 300×200 matrix, rank 2", "of heap in use");
        assertThat(text.lines().filter(line -> line.startsWith("plain read")))
                .hasSize(2)
                .allMatch(line -> line.contains(" 1.0 ×"));
        assertThat(text.lines().filter(line -> line.startsWith("value and gradient")))
                .hasSize(2);
    }

    @Test
    void refusesWhatCannotBeTimed() {
        assertThatThrownBy(() -> OperatorBench.of(0, 1, List.of(1))).hasMessageContaining("d is 0");
        assertThatThrownBy(() -> OperatorBench.of(1, 1, List.of(0))).hasMessageContaining("threads is [0]");
    }
}
