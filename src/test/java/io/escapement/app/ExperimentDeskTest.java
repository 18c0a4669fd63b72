package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.escapement.store.RunCatalogue;
import io.escapement.web.ExperimentShelf;
import io.escapement.web.ExperimentShelf.Started;
import io.escapement.web.ExperimentShelf.Wish;
import io.escapement.web.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Experiments as the dashboard sees and starts them. */
@Timeout(120)
class ExperimentDeskTest {

    private static final String ID = "leac-c2";

    private final RunCatalogue catalogue = new RunCatalogue();
    private final LiveRuns runs = new LiveRuns(catalogue, header -> event -> {}, log -> {}, new RunProblems(), null, 2);
    private final ExperimentDesk desk = new ExperimentDesk(runs);

    @TempDir
    private Path directory;

    @BeforeEach
    void inADirectoryOfItsOwn() {
        desk.show(ID, directory);
        desk.ended(ID);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private ExperimentShelf.Entry entry() throws IOException {
        return desk.experiments().stream()
                .filter(entry -> entry.id().equals(ID))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneThatIsStartedIsShownUntilItsResultIsThere() throws IOException, InvalidRequest {
        assertThat(entry().hasResult()).isFalse();
        assertThat(entry().met()).isNull();
        assertThat(desk.latest(ID)).isEmpty();
        assertThat(desk.start(ID, new Wish(false, null, null, 1L))).isEqualTo(Started.STARTED);
        await().atMost(Duration.ofSeconds(60)).until(() -> entry().running() == null);
        assertThat(entry().error()).isNull();
        assertThat(entry().hasResult()).isTrue();
        assertThat(entry().met()).isTrue();
        assertThat(desk.latest(ID)).hasValueSatisfying(json -> assertThat(json).contains(ID));
        List<ExperimentShelf.Trial> trials = desk.trials(ID, null).orElseThrow();
        assertThat(trials)
                .hasSize(4)
                .allSatisfy(trial -> assertThat(catalogue.find(trial.run()))
                        .as("run of the trial with seed %d in %s", trial.seed(), trial.cell())
                        .isPresent());
        String cell = trials.get(0).cell();
        assertThat(desk.trials(ID, cell).orElseThrow())
                .isNotEmpty()
                .allSatisfy(trial -> assertThat(trial.cell()).isEqualTo(cell));
    }

    @Test
    void oneAtATimeAndItCanBeStopped() throws IOException, InvalidRequest {
        desk.show("sod-success", directory.resolve("other"));
        assertThat(desk.start(ID, new Wish(true, null, null, null))).isEqualTo(Started.BUSY);
        assertThat(desk.stop("sod-success")).isTrue();
        assertThat(desk.experiments())
                .filteredOn(entry -> entry.id().equals("sod-success"))
                .allSatisfy(entry -> assertThat(entry.running().state()).isEqualTo("stopping"));
        desk.ended("sod-success");
        assertThat(desk.stop("sod-success")).isFalse();
    }

    @Test
    void whatIsNotValidIsNamed() throws InvalidRequest {
        assertThat(desk.start("no-such", new Wish(true, null, null, null))).isEqualTo(Started.UNKNOWN);
        assertThatThrownBy(() -> desk.start(ID, new Wish(true, 3L, null, null)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("trials is 3; 1 to 1 is possible");
        assertThatThrownBy(() -> desk.start(ID, new Wish(true, null, null, 0L)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("jobs is 0; 1 to 1024 is possible");
    }

    @Test
    void onlyKnownNamesLeadToTheDisk() throws IOException {
        assertThat(desk.latest("../" + ID)).isEmpty();
        assertThat(desk.trials("../" + ID, null)).isEmpty();
    }

    @Test
    void aSpoiltJournalIsSaid() throws IOException, InvalidRequest {
        Files.writeString(directory.resolve("journal.ndjson"), "spoilt\n");
        assertThat(desk.start(ID, new Wish(false, null, null, null))).isEqualTo(Started.STARTED);
        await().atMost(Duration.ofSeconds(60)).until(() -> entry().running() == null);
        assertThat(entry().error()).contains("journal.ndjson, line 1");
    }
}
