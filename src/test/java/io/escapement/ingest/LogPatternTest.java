package io.escapement.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPatternTest {

    @Test
    void namedGroupsAreFieldsHoweverTheyAreWritten() {
        LogPattern pattern = LogPattern.of(
                "it (?P<iteration>\\d+) (?:train_loss (?P<train_loss>\\S+) )?(?<loss>\\S+) (?<word>\\w+)");
        assertThat(pattern.json("12:00 it 7 train_loss 1e-3 -inf up"))
                .hasValue("{\"iteration\":7,\"train_loss\":0.001,\"loss\":\"-Infinity\",\"word\":\"up\"}");
        assertThat(pattern.json("it 8 nan up")).hasValue("{\"iteration\":8,\"loss\":\"NaN\",\"word\":\"up\"}");
        assertThat(pattern.json("nothing of the kind")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "loss (.*)|'loss (.*)' names no figure; a group like (?<loss>\\S+) is needed",
                "it (?<iteration>\\d+)|names no figure",
                "loss (?P<the_loss>.*|'loss (?P<the_loss>.*': Unclosed group",
                "(?<loss>.) (?<loss>.)|<loss> is already defined",
            })
    void aPatternThatIsNotValidIsShownWithWhatIsWrong(String pattern, String message) {
        assertThatThrownBy(() -> LogPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
