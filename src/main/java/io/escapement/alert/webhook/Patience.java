package io.escapement.alert.webhook;

import java.time.Duration;

/**
 * How hard a notice is tried to be delivered. The pause doubles from the first to the longest.
 *
 * @param tries before it is given up, the first included
 * @param answer for which an answer is waited
 * @param queue notices that wait at most; beyond that the oldest is given up, because the newest tells how things stand
 */
public record Patience(int tries, Duration firstPause, Duration longestPause, Duration answer, int queue) {

    /** Fifteen tries over nine minutes. */
    public static final Patience STANDARD =
            new Patience(15, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(10), 1000);

    public Patience {
        if (tries < 1 || queue < 1) {
            throw new IllegalArgumentException(
                    "tries is " + tries + " and queue " + queue + "; at least 1 of each is needed");
        }
        if (firstPause.isNegative()
                || longestPause.compareTo(firstPause) < 0
                || answer.isNegative()
                || answer.isZero()) {
            throw new IllegalArgumentException("firstPause is " + firstPause + ", longestPause " + longestPause
                    + " and answer " + answer + "; none negative, the second not below the first, the last above 0");
        }
    }

    /** @param failures so far, at least 1 */
    Duration pause(int failures) {
        Duration pause = firstPause;
        for (int i = 1; i < failures && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
