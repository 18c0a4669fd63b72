package io.escapement.solve.lmm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeashTest {

    @Test
    void aLooseLeashHoldsNothingButAHugeRise() {
        Leash leash = Leash.loose();
        assertThat(leash.ceiling()).isInfinite();
        assertThat(leash.most(3, 1)).isEqualTo(6);
        assertThat(leash.most(3, 2)).isEqualTo(12);
    }

    @Test
    void aFailedStepLowersTheCeilingToTheParabolasMinimizerAndTakenOnesRaiseItAgain() {
        // h = 1 − s + s² on the ray: its minimizer is ½, seen from a step of 4.
        Leash failed = Leash.loose().failed(4, -1, 12);
        assertThat(failed.ceiling()).isEqualTo(0.5);
        assertThat(failed.taken(1).ceiling()).isEqualTo(1);
        // Never farther than a hundredth, not even where the loss overflowed.
        assertThat(Leash.loose().failed(4, -1, Double.POSITIVE_INFINITY).ceiling())
                .isEqualTo(0.04);
        assertThat(Leash.loose().failed(4, -1, 1e9).ceiling()).isEqualTo(0.04);
    }

    @Test
    void withoutProgressNoRiseIsAllowedUntilThereIsSome() {
        Leash leash = Leash.loose().taken(1);
        for (int k = 0; k < 100; k++) {
            leash = leash.taken(0.95);
        }
        assertThat(leash.most(0.95, 2)).isEqualTo(0.95);
        assertThat(leash.taken(0.5).most(0.5, 1)).isEqualTo(1);
    }
}
