package io.escapement.alert;

import java.time.Instant;

/**
 * Alerts that nobody is to be told of for a while. They are shown all the same.
 *
 * @param run id, or null for every run
 * @param rule or null for every rule
 */
public record Silence(String id, String run, Rule rule, Instant until) {

    boolean covers(Alert alert, Instant at) {
        return at.isBefore(until) && (run == null || run.equals(alert.run())) && (rule == null || rule == alert.rule());
    }
}
