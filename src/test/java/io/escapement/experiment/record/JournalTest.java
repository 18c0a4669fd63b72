package io.escapement.experiment.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.event.RunState;
import io.escapement.experiment.Curve;
import io.escapement.experiment.Engine;
import io.escapement.experiment.Experiment;
import io.escapement.experiment.Ledger;
import io.escapement.experiment.Outcome;
import io.escapement.experiment.Scope;
import io.escapement.experiment.Toy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Scope SCOPE = new Scope(4, 11, false);

    @TempDir
    private Path directory;

    private static Ledger.Key key(long seed) {
        return new Ledger.Key("toy", 1, Map.of("step", "exact"), "n = 3", seed);
    }

    private static Outcome outcome(double loss) {
        return new Outcome(
                RunState.CONVERGED,
                "global-minimum",
                Map.of("loss", loss, "success", 1.0, "distance", Double.NaN),
                List.of(new Curve("loss", List.of(0.0, 1.0), List.of(Double.POSITIVE_INFINITY, 0.1 + 0.2))),
                0.25);
    }

    private Path file() {
        return directory.resolve(Journal.NAME);
    }

    @Test
    void readsBackToTheBit() throws IOException {
        Outcome written = outcome(Math.PI * 1e-17);
        try (Journal journal = Journal.open(directory)) {
            journal.append(key(1), written);
        }
        try (Journal journal = Journal.open(directory)) {
            assertThat(journal.find(key(1))).contains(written);
            assertThat(journal.find(key(2))).isEmpty();
            assertThat(journal.find(new Ledger.Key("toy", 2, Map.of("step", "exact"), "n = 3", 1)))
                    .isEmpty();
        }
    }

    @Test
    void aTornLastLineIsCutOffAndDoneAgain() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            journal.append(key(1), outcome(1));
            journal.append(key(2), outcome(2));
        }
        byte[] whole = Files.readAllBytes(file());
        int first = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = first; length < whole.length; length += 7) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            try (Journal journal = Journal.open(directory)) {
                assertThat(journal.find(key(1))).as("cut to %d bytes", length).isPresent();
                assertThat(journal.find(key(2))).isEmpty();
                journal.append(key(2), outcome(2));
            }
            assertThat(Files.readAllBytes(file())).isEqualTo(whole);
        }
    }

    @Test
    void aBadLineInTheMiddleIsNamed() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            journal.append(key(1), outcome(1));
        }
        Files.writeString(file(), Files.readString(file()) + "nonsense\n");
        assertThatThrownBy(() -> Journal.open(directory))
                .isInstanceOf(MalformedJournal.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("--out");
        Files.writeString(file(), "{}\n");
        assertThatThrownBy(() -> Journal.open(directory)).hasMessageContaining("line 1");
    }

    @Test
    void oneProcessAtATime() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            assertThatThrownBy(() -> Journal.open(directory)).isInstanceOf(JournalInUse.class);
            assertThat(journal.find(key(1))).isEmpty();
        }
    }

    private ResultDocument run(Path where) throws IOException {
        Experiment toy = new Toy();
        try (Journal journal = Journal.open(where)) {
            Engine.Collected collected =
                    new Engine(journal, Engine.Runs.unseen(), 2).perform(toy, SCOPE, new Engine.Onlooker() {});
            return ResultDocument.of(toy, SCOPE, collected, toy.report(collected.results()), "test");
        }
    }

    /** As after kill −9 in the middle of a line: the result of the rest is that of an undisturbed run. */
    @Test
    void aKilledExperimentEndsWithTheSameResult() throws IOException {
        ResultDocument undisturbed = run(directory.resolve("a"));
        run(directory.resolve("b"));
        Path journal = directory.resolve("b").resolve(Journal.NAME);
        String text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.length() * 2 / 5));
        ResultDocument resumed = run(directory.resolve("b"));
        assertThat(resumed.figuresOnly()).isEqualTo(undisturbed.figuresOnly());
        assertThat(Files.readAllLines(journal)).hasSize(8);
    }
}
