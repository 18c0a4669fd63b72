package io.escapement.alert.webhook;

import java.time.Instant;

/**
 * How a webhook does.
 *
 * @param address as it may be shown to anybody
 * @param queued notices that wait, the one being sent included
 * @param sent that were accepted
 * @param givenUp that the receiver will never see
 * @param lastSuccess null before the first
 * @param lastError in words, or null
 * @param lastErrorAt null before the first
 */
public record WebhookState(
        String address,
        String format,
        int queued,
        long sent,
        long givenUp,
        Instant lastSuccess,
        String lastError,
        Instant lastErrorAt) {}
