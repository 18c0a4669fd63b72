package io.escapement.web;

import io.escapement.alert.AlertBoard;
import io.escapement.alert.webhook.Webhook;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The alerts to be shown.
 *
 * @param on whether anybody asks the rules
 */
public record AlertDesk(boolean on, AlertBoard board, List<Webhook> webhooks) {

    public AlertDesk {
        Objects.requireNonNull(board, "board");
        webhooks = List.copyOf(webhooks);
    }

    /** No alerts. */
    public static AlertDesk off() {
        return new AlertDesk(false, new AlertBoard(Clock.systemUTC(), Map.of(), alert -> {}), List.of());
    }
}
