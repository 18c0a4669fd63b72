package io.escapement.alert;

import java.time.Instant;

/**
 * An alert of one rule for one run.
 *
 * @param runName what people call the run
 * @param sentence why, as of the newest look; of a resolved alert as of the last look at which it held
 * @param since when the rule began to hold
 * @param firedAt when it had held long enough
 * @param resolvedAt null while it fires
 * @param resolution why it is over, or null
 */
public record Alert(
        Rule rule,
        String run,
        String runName,
        String sentence,
        Instant since,
        Instant firedAt,
        Instant resolvedAt,
        String resolution) {

    public boolean firing() {
        return resolvedAt == null;
    }

    /** "firing" or "resolved". */
    public String status() {
        return firing() ? "firing" : "resolved";
    }

    Alert withSentence(String latest) {
        return new Alert(rule, run, runName, latest, since, firedAt, resolvedAt, resolution);
    }

    Alert resolved(Instant at, String why) {
        return new Alert(rule, run, runName, sentence, since, firedAt, at, why);
    }
}
