package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.solve.SolverState;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What is kept of a path: bounded, thinned evenly, with its landmarks, and without what was only tried. */
class PathKeeperTest {

    private final PathKeeper keeper = new PathKeeper(2);

    private record At(double value) implements SolverState {
        @Override
        public DMatrixRMaj x() {
            return new DMatrixRMaj(2, 1, true, value, -value);
        }

        @Override
        public double loss() {
            return value;
        }

        @Override
        public double gradientNorm() {
            return 0;
        }

        @Override
        public double stepSize() {
            return 0;
        }
    }

    private void visit(long iteration, int segment, long candidate, boolean landmark) {
        keeper.visited(new Visit(iteration, segment, candidate, landmark), new At(iteration));
    }

    private List<Long> iterations(boolean muted) {
        return keeper.points().stream()
                .filter(point -> point.muted() == muted)
                .map(Iterate::iteration)
                .toList();
    }

    @Test
    void aShortPathIsKeptWhole() {
        IntStream.range(0, 300).forEach(i -> visit(i, 0, 0, false));
        assertThat(iterations(false)).hasSize(300).isSorted();
        assertThat(keeper.points().get(299).x().data).containsExactly(299, -299);
    }

    @Test
    void aLaterAttemptGoesOnFromTheCheckpointWithThePathOfTheOneBefore() {
        IntStream.range(0, 10).forEach(i -> visit(i, 0, 0, i == 3));
        visit(6, 1, 7, false);
        keeper.settled(7, false);
        List<Iterate> before = PathBytes.read(PathBytes.write(keeper.points()));
        PathKeeper second = new PathKeeper(2);
        second.goOn(before, 6);
        for (int i = 7; i < 12; i++) {
            second.visited(new Visit(i, 0, 0, false), new At(100 + i));
        }
        List<Iterate> path =
                second.points().stream().filter(point -> !point.muted()).toList();
        assertThat(path)
                .extracting(Iterate::iteration)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(path.get(3).landmark()).isTrue();
        assertThat(path.get(7).loss()).as("of the second attempt").isEqualTo(107);
        assertThat(second.points()).as("what was tried stays").hasSize(13);
        PathKeeper larger = new PathKeeper(3);
        larger.goOn(before, 6);
        assertThat(larger.points())
                .as("iterates of another size are another run's")
                .isEmpty();
    }

    @Test
    void aLongPathIsThinnedEvenlyAndKeepsItsLandmarksAndItsNewest() {
        for (int i = 0; i < 1_000_003; i++) {
            visit(i, 0, 0, i == 0 || i == 123_457);
        }
        List<Long> kept = iterations(false);
        assertThat(kept).hasSizeBetween(PathKeeper.MOST_POINTS / 2, PathKeeper.MOST_POINTS + 1);
        assertThat(kept).contains(0L, 123_457L, 1_000_002L).isSorted().doesNotHaveDuplicates();
        long widest = 0;
        for (int i = 1; i < kept.size(); i++) {
            widest = Math.max(widest, kept.get(i) - kept.get(i - 1));
        }
        assertThat(widest).as("the widest gap").isLessThanOrEqualTo(4 * 1_000_003L / PathKeeper.MOST_POINTS);
    }

    @Test
    void landmarksWithoutEndAreThinnedToo() {
        IntStream.range(0, 50_000).forEach(i -> visit(i, i, 0, true));
        assertThat(iterations(false))
                .hasSizeLessThanOrEqualTo(PathKeeper.MOST_POINTS)
                .contains(0L, 49_999L);
    }

    @Test
    void aPointThatTurnsOutToBeALandmarkIsMarkedAndNotDoubled() {
        visit(0, 0, 0, true);
        visit(1, 0, 0, false);
        visit(1, 0, 0, true);
        assertThat(keeper.points()).hasSize(2).last().matches(Iterate::landmark);
    }

    @Test
    void anAcceptedTrialJoinsThePathAndARejectedOneLeavesItsEnds() {
        visit(0, 0, 0, true);
        IntStream.range(1, 10).forEach(i -> visit(i, 1, 7, i == 1));
        assertThat(iterations(false)).as("undecided").containsExactly(0L);
        assertThat(iterations(true)).as("shown while it goes on").hasSize(9);
        keeper.settled(7, false);
        assertThat(iterations(true)).containsExactly(1L, 9L);
        IntStream.range(10, 20).forEach(i -> visit(i, 2, 8, i == 10));
        keeper.settled(8, true);
        assertThat(iterations(false)).hasSize(11).contains(0L, 10L, 19L);
        visit(20, 2, 0, false);
        assertThat(iterations(false)).last().isEqualTo(20L);
        assertThat(iterations(true)).containsExactly(1L, 9L);
    }

    @Test
    void aRaceOfHundredsStaysWithinBounds() {
        visit(0, 0, 0, true);
        for (int i = 1; i <= 200_000; i++) {
            visit(i, i / 5, 1 + (i / 5) % 500, i % 5 == 0);
        }
        assertThat(keeper.points()).hasSizeLessThan(2 * PathKeeper.MOST_POINTS);
        keeper.settled(1 + (200_000 / 5) % 500, true);
        visit(200_001, 40_001, 0, false);
        assertThat(iterations(false)).contains(0L, 200_001L);
        assertThat(keeper.size()).isLessThan(4L * PathKeeper.MOST_POINTS);
    }

    @Test
    void largeFactorsLeaveRoomForFewPointsAndTooLargeOnesAreRefused() {
        PathKeeper large = new PathKeeper(PathKeeper.MOST_ENTRIES);
        for (int i = 0; i < 500; i++) {
            large.visited(new Visit(i, 0, 0, false), new At(i));
        }
        assertThat(large.points()).hasSizeBetween(4, 16);
        assertThatThrownBy(() -> new PathKeeper(PathKeeper.MOST_ENTRIES + 1)).hasMessageContaining("32769");
    }

    @Test
    void bytesGiveTheSamePathBack() {
        visit(0, 0, 0, true);
        visit(1, 0, 0, false);
        visit(2, 1, 5, true);
        keeper.settled(5, false);
        List<Iterate> read = PathBytes.read(PathBytes.write(keeper.points()));
        assertThat(read).hasSize(3);
        for (int i = 0; i < 3; i++) {
            Iterate was = keeper.points().get(i);
            assertThat(read.get(i))
                    .usingRecursiveComparison()
                    .ignoringFields("x")
                    .isEqualTo(was);
            assertThat(read.get(i).x().data).containsExactly(was.x().data);
        }
        assertThat(PathBytes.read(PathBytes.write(List.of()))).isEmpty();
        assertThatThrownBy(() -> PathBytes.read(new byte[] {0, 0, 0, 9})).hasMessageContaining("version 9");
        assertThatThrownBy(() -> PathBytes.read(new byte[3])).hasMessageContaining("too early");
    }
}
