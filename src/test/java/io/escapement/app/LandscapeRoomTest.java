package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.escapement.event.RunEvent;
import io.escapement.ingest.ExternalRun;
import io.escapement.ingest.Rejection;
import io.escapement.landscape.plane.PlaneGrid;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.disk.RunStore;
import io.escapement.store.disk.StoreSettings;
import io.escapement.web.ExternalDesk;
import io.escapement.web.InvalidRequest;
import io.escapement.web.LandscapeDesk;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Pictures of real runs: live, ended, and read again from a store by a later process. */
@Timeout(120)
class LandscapeRoomTest {

    private static final String DEMO = "pmc --n=3 --rho=0.3 --init-scale=2 --seed=9 --step=fixed:0.03";

    @TempDir
    private Path directory;

    private RunStore store;
    private RunCatalogue catalogue;
    private LiveRuns runs;
    private LandscapeRoom room;

    private void open() {
        store = new RunStore(StoreSettings.in(directory), took -> {});
        catalogue = new RunCatalogue(store);
        RunProblems problems = new RunProblems();
        runs = new LiveRuns(catalogue, header -> event -> {}, store::record, problems, null, 2);
        room = new LandscapeRoom(catalogue, problems);
    }

    @AfterEach
    void close() {
        if (store != null) {
            runs.close();
            store.close();
        }
    }

    /** A later process. */
    private void reopen() {
        close();
        open();
    }

    private String run(String command) throws Exception {
        List<String> words = Arrays.asList(command.split(" "));
        RunOptions options = new RunOptions();
        new CommandLine(options).parseArgs(words.subList(1, words.size()).toArray(String[]::new));
        PreparedRun prepared = Preparation.generated(words.get(0), options, "escapement run " + command);
        runs.start(prepared).ended().get(60, TimeUnit.SECONDS);
        return prepared.header().id();
    }

    private static LandscapeDesk.Request asked(String basis, int size, String... ids) {
        return new LandscapeDesk.Request(List.of(ids), basis, -1, List.of(), size, 1.5, false);
    }

    private LandscapeDesk.Picture picture(String basis, int size, String... ids) throws InvalidRequest {
        return room.picture(asked(basis, size, ids), () -> false).orElseThrow();
    }

    private static List<LandscapeDesk.Mark> marks(LandscapeDesk.Picture picture, String kind) {
        return picture.marks().stream().filter(mark -> mark.kind().equals(kind)).toList();
    }

    @Test
    void theDemoIsSeenToFallIntoTheTrapToJumpAndToReachTheTruth() throws Exception {
        open();
        LandscapeDesk.Picture picture = picture("auto", 17, run(DEMO));
        assertThat(picture.note()).isNull();
        assertThat(picture.basis().name()).isEqualTo("native:1,3");
        assertThat(picture.basis().labels()).containsExactly("x₁", "x₃");
        LandscapeDesk.Path path = picture.paths().get(0);
        assertThat(path.jumps()).hasSize(1);
        LandscapeDesk.Point trap = path.points().get(path.jumps().get(0).from());
        LandscapeDesk.Point landing = path.points().get(path.jumps().get(0).to());
        assertThat(trap.alpha()).isCloseTo(-0.914, within(0.01));
        assertThat(trap.beta()).isCloseTo(0.914, within(0.01));
        assertThat(trap.loss()).isCloseTo(0.330, within(0.001));
        assertThat(landing.segment()).isEqualTo(trap.segment() + 1);
        assertThat(marks(picture, "judged"))
                .extracting(LandscapeDesk.Mark::verdict)
                .containsExactly("spurious-minimum", "global-minimum");
        assertThat(marks(picture, "truth"))
                .allMatch(mark -> mark.off() < 1e-12 && mark.loss() == 0 && mark.plane() < 1e-25)
                .extracting(LandscapeDesk.Mark::alpha)
                .containsExactlyInAnyOrder(1.0, -1.0);
        LandscapeDesk.Mark end = marks(picture, "end").get(0);
        assertThat(end.alpha()).isCloseTo(1, within(1e-3));
        assertThat(end.beta()).isCloseTo(1, within(1e-3));
        assertThat(picture.basis().explained().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isBetween(0.9, 1.0 + 1e-12);
    }

    @Test
    void whereAPointLiesInThePlaneBothLossesAreTheSame() throws Exception {
        open();
        String id = run(DEMO);
        LandscapeDesk.Picture picture = picture("escape:1", 0, id);
        LandscapeDesk.Path path = picture.paths().get(0);
        for (int index :
                new int[] {path.jumps().get(0).from(), path.jumps().get(0).to()}) {
            LandscapeDesk.Point point = path.points().get(index);
            assertThat(point.off()).isLessThan(1e-12);
            assertThat(point.plane()).isCloseTo(point.loss(), within(1e-10));
        }
        assertThat(path.points()).anyMatch(point -> point.off() > 0.01);
    }

    @Test
    void aLaterProcessDrawsTheSamePictureFromTheStore() throws Exception {
        open();
        String id = run("gaussian --n=8 --rank=2 --m=40 --seed=3");
        LandscapeDesk.Picture before = picture("pca", 33, id);
        assertThat(before.grid().method()).isEqualTo("squares");
        reopen();
        LandscapeDesk.Picture after = picture("pca", 33, id);
        assertThat(after.grid().values()).isEqualTo(before.grid().values());
        assertThat(after.paths()).isEqualTo(before.paths());
        assertThat(after.marks()).isEqualTo(before.marks());
        assertThat(after.basis()).isEqualTo(before.basis());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pmc --n=9 --rho=0.1",
                "completion --n=8 --n2=6 --p=0.8 --balance=1",
                "epsilon-mc --n=5",
                "gaussian --n=6 --m=30 --loss=l1 --solver=lmm --init-error=0.1",
                "gaussian --n=6 --m=30 --loss=norm",
                "gaussian --n=6 --m=30 --loss=huber:0.5",
                "network --solver=lbfgs",
                "factorization --n=7",
                "one-bit --n=6 --rank=2 --sigma=3,1 --max-iterations=200",
                "nnls --n=10 --support=3 --max-iterations=300",
                "sparse-recovery --n=12 --support=2 --max-iterations=300",
                "cp --n=5 --max-iterations=100",
                "tensor-sensing --n=4 --max-iterations=50"
            })
    void everyProblemIsMadeAgainFromItsOptions(String command) throws Exception {
        open();
        String id = run(command);
        double[] before = picture("pca", 9, id).grid().values();
        reopen();
        LandscapeDesk.Picture after = picture("pca", 9, id);
        assertThat(after.note()).isNull();
        assertThat(after.grid().values()).isEqualTo(before);
        LandscapeDesk.Path path = after.paths().get(0);
        assertThat(path.points()).as("h on the path is what the run said").allSatisfy(point -> {
            boolean near = point.off() < 1e-9;
            assertThat(near ? point.plane() : point.loss()).isCloseTo(point.loss(), within(1e-6 * (1 + point.loss())));
        });
    }

    @Test
    void aPlaneStaysAsItIsUntilItIsRefitted() throws Exception {
        open();
        String id = run("gaussian --n=8 --m=40 --seed=3");
        LandscapeDesk.Request early = new LandscapeDesk.Request(List.of(id), "pca", 5, List.of(), 9, 1, false);
        LandscapeDesk.Picture first = room.picture(early, () -> false).orElseThrow();
        assertThat(first.basis().version()).isEqualTo(5);
        assertThat(first.basis().newest()).isGreaterThan(5);
        assertThat(first.paths().get(0).points())
                .as("later points are on it too")
                .hasSizeGreaterThan(6);
        assertThat(room.picture(early, () -> false).orElseThrow().grid().values())
                .isEqualTo(first.grid().values());
        assertThat(picture("pca", 9, id).grid().values())
                .isNotEqualTo(first.grid().values());
        reopen();
        assertThat(room.picture(early, () -> false).orElseThrow().grid().values())
                .as("fitted again to the same iterations")
                .isEqualTo(first.grid().values());
    }

    @Test
    void runsOnOneInstanceShareAPlaneAndOthersAreRefused() throws Exception {
        open();
        String one = run("pmc --n=9 --rho=0.1 --seed=1");
        String two = run("pmc --n=9 --rho=0.1 --seed=2");
        String other = run("pmc --n=9 --rho=0.2 --seed=1");
        LandscapeDesk.Picture both = picture("pca", 9, one, two);
        assertThat(both.paths()).extracting(LandscapeDesk.Path::run).containsExactly(one, two);
        assertThat(marks(both, "start")).hasSize(2);
        assertThatThrownBy(() -> picture("pca", 9, one, other))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(other)
                .hasMessageContaining("one instance");
        assertThatThrownBy(() -> picture("pca", 9, one, "nobody")).hasMessageContaining("no such run");
    }

    @Test
    void whatWasOnlyTriedIsLeftOutUnlessItIsAskedFor() throws Exception {
        open();
        String id = run("pmc --n=20 --rho=0.1 --escape=restart:8");
        RunLog log = catalogue.find(id).orElseThrow();
        long rejected = log.landmarks("escape", -1, 10_000).stream()
                .filter(mark -> ((RunEvent.Escape) mark.event()).outcome() == RunEvent.EscapeOutcome.REJECTED)
                .count();
        assertThat(rejected).as("this run tries what does not lead on").isPositive();
        LandscapeDesk.Picture without = picture("pca", 0, id);
        assertThat(without.paths().get(0).points()).allMatch(point -> point.trial() == 0);
        LandscapeDesk.Request all = new LandscapeDesk.Request(List.of(id), "pca", -1, List.of(), 0, 1, true);
        List<LandscapeDesk.Point> points =
                room.picture(all, () -> false).orElseThrow().paths().get(0).points();
        assertThat(points).anyMatch(point -> point.trial() > 0);
        assertThat(points.stream().filter(point -> point.trial() == 0))
                .hasSameSizeAs(without.paths().get(0).points());
        long accepted = log.landmarks("escape", -1, 10_000).stream()
                .filter(mark -> ((RunEvent.Escape) mark.event()).outcome() == RunEvent.EscapeOutcome.ACCEPTED)
                .count();
        assertThat(accepted).as("and what does").isPositive();
        assertThat((long) without.paths().get(0).jumps().size()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "round",
                "native",
                "native:1,2",
                "escape:9",
                "escape:0",
                "through:start,end,moon",
                "through:start,start,end",
                "through:start,end,landing4"
            })
    void aPlaneThatIsNotThereIsRefusedWithWhatWouldBe(String basis) throws Exception {
        open();
        String id = run("pmc --n=9 --rho=0.1");
        assertThatThrownBy(() -> picture(basis, 9, id))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(basis)
                .hasMessageContaining("would be valid");
    }

    @Test
    void threePointsSpanAPlaneThatHoldsThem() throws Exception {
        open();
        String id = run(DEMO);
        LandscapeDesk.Picture picture = picture("through:start,trap1,truth", 9, id);
        LandscapeDesk.Path path = picture.paths().get(0);
        assertThat(path.points().get(0).off()).isLessThan(1e-12);
        assertThat(path.points().get(path.jumps().get(0).from()).off()).isLessThan(1e-12);
        assertThat(marks(picture, "truth").get(0).off()).isLessThan(1e-12);
        assertThat(picture("native:1,2", 9, id).basis().labels()).containsExactly("x₁", "x₂");
        assertThat(picture("through:0,10,zero", 9, id).basis().labels().get(1)).contains("zero");
    }

    @Test
    void aWindowThatIsAskedForIsDrawn() throws Exception {
        open();
        String id = run(DEMO);
        List<Double> window = List.of(0.5, 1.5, 0.5, 1.5);
        LandscapeDesk.Request near = new LandscapeDesk.Request(List.of(id), "auto", -1, window, 65, 1, false);
        LandscapeDesk.Picture picture = room.picture(near, () -> false).orElseThrow();
        assertThat(picture.basis().window()).isEqualTo(window);
        double[] values = picture.grid().values();
        int least = 0;
        for (int i = 0; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        assertThat(least).as("the truth (1, 1) is in the middle").isEqualTo(32 * 65 + 32);
        assertThat(PlaneGrid.possible(picture.grid().size())).isTrue();
    }

    @Test
    void whatNobodyWaitsForIsBrokenOff() throws Exception {
        open();
        String id = run(DEMO);
        assertThatThrownBy(() -> room.picture(asked("pca", 65, id), () -> true))
                .isInstanceOf(CancellationException.class);
        assertThat(picture("pca", 65, id).grid().size()).isEqualTo(65);
    }

    @Test
    void anotherProgramsPictureIsShownAsItWasSent() throws Exception {
        open();
        ExternalRuns external = new ExternalRuns(
                catalogue,
                (header, standing) -> event -> {},
                store,
                new ExternalRun.Ledger() {
                    @Override
                    public void ingested(long events) {
                        // Nothing is sent.
                    }

                    @Override
                    public void rejected(Rejection why, long lines) {
                        // Nothing is sent.
                    }
                },
                Clock.systemUTC(),
                Clock.systemUTC());
        String id = external.register(
                new ExternalDesk.Registration("theirs", "", "", "", List.of(), Map.of(), List.of(), 0));
        LandscapeDesk.Picture none = picture("auto", 9, id);
        assertThat(none.basis()).isNull();
        assertThat(none.note()).contains("point");
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            values.add(i == 4 ? "\"NaN\"" : Integer.toString(i));
        }
        String posted = "{\"labels\":[\"a\",\"b\"],\"window\":[0,1,0,2],\"size\":3,\"values\":" + values
                + ",\"path\":{\"iteration\":[0,5],\"alpha\":[0,1],\"beta\":[0,2],\"loss\":[3,\"Infinity\"]}}";
        assertThat(room.post(id, posted)).isTrue();
        LandscapeDesk.Picture picture = picture("auto", 9, id);
        assertThat(picture.grid().values()).contains(Double.NaN, 8.0);
        assertThat(picture.grid().method()).isEqualTo("posted");
        assertThat(picture.paths().get(0).points())
                .extracting(LandscapeDesk.Point::iteration)
                .containsExactly(0L, 5L);
        assertThatThrownBy(() -> room.post(id, posted.replace("\"size\":3", "\"size\":4")))
                .hasMessageContaining("16 numbers");
        assertThatThrownBy(() -> room.post(id, posted.replace("\"NaN\"", "\"many\"")))
                .hasMessageContaining("many");
        assertThatThrownBy(() -> room.post(id, "{")).hasMessageContaining("not valid JSON");
        String ours = run(DEMO);
        assertThatThrownBy(() -> room.post(ours, posted)).hasMessageContaining("one of ours");
        assertThat(room.post("nobody", posted)).isFalse();
        store.flush();
        reopen();
        assertThat(picture("auto", 9, id).grid().method()).as("after a restart").isEqualTo("posted");
    }

    @Test
    void aRunThatIsNotHereHasNoPicture() throws Exception {
        open();
        assertThat(room.picture(asked("pca", 9, "nobody"), () -> false)).isEmpty();
    }
}
