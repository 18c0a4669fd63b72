package io.escapement.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.escape.Escape;
import io.escapement.escape.Escape.Heat;
import io.escapement.escape.Race;
import io.escapement.escape.Restart;
import io.escapement.event.Values;
import io.escapement.stop.StoppingCriterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class HeatsTest {

    private static Entrant<String> entrant(int number, double loss) {
        Escape.Candidate candidate = new Escape.Candidate(
                "race",
                new DMatrixRMaj(1, 1),
                1,
                Values.none(),
                "a start",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Heat(5, 0.3)));
        Entrant<String> entrant =
                new Entrant<>(candidate, number, StoppingCriterion.Watch.ofEach(event -> Optional.empty()), 1, 1000);
        entrant.loss = loss;
        return entrant;
    }

    @Test
    void theBetterHalfGoesOnAndTheFarthestFirst() {
        Heats<String> heats = new Heats<>();
        heats.arrive(entrant(1, 4));
        assertThat(heats.next(false)).as("alone, nobody is the better half").isEmpty();
        heats.arrive(entrant(2, 3));
        Entrant<String> second = heats.next(false).orElseThrow();
        assertThat(second.number).isEqualTo(2);
        assertThat(heats.next(false)).as("one of two has gone on").isEmpty();
        second.loss = 2;
        heats.arrive(second);
        heats.arrive(entrant(3, 2.5));
        heats.arrive(entrant(4, 5));
        Entrant<String> third = heats.next(false).orElseThrow();
        assertThat(third.number).as("the second is alone in its heat").isEqualTo(3);
        third.loss = 1;
        heats.arrive(third);
        assertThat(heats.next(false).orElseThrow().number).isEqualTo(3);
    }

    @Test
    void whereNobodyElseComesEveryoneWhoWaitsGoesOn() {
        Heats<String> heats = new Heats<>();
        heats.arrive(entrant(1, 4));
        assertThat(heats.lowest().orElseThrow().number).isEqualTo(1);
        assertThat(heats.next(true).orElseThrow().number).isEqualTo(1);
        assertThat(heats.next(true)).isEmpty();
        assertThat(heats.lowest()).isEmpty();
    }

    /** However many come, there is one that waits for each number of heats. */
    @Test
    void fewStatesAreHeld() {
        Heats<String> heats = new Heats<>();
        for (int i = 0; i < 200; i++) {
            heats.arrive(entrant(i, 1000 - i % 17));
        }
        List<Entrant<String>> left = new ArrayList<>();
        heats.next(true).ifPresent(left::add);
        heats.next(true).ifPresent(left::add);
        assertThat(left).hasSize(1);
        assertThat(left.get(0).loss).isEqualTo(984);
    }

    @Test
    void aRaceSaysWhatItTakes() {
        Race race = Race.of(new Restart(3, 0.5, 1));
        assertThat(race.name()).isEqualTo("race");
        assertThat(race.heat()).isEqualTo(new Heat(5, 0.3));
    }
}
