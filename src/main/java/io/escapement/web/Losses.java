package io.escapement.web;

import io.escapement.alert.webhook.WebhookState;
import io.escapement.store.ArchiveStatus;
import java.util.ArrayList;
import java.util.List;

/** Which data is gone for good, or is not being kept now, in sentences. */
final class Losses {

    private Losses() {}

    /**
     * Something that was lost.
     *
     * @param what a sentence
     * @param at when it last happened, ISO-8601, or null where that is not known
     */
    record Loss(String what, String at) {}

    static List<Loss> of(ArchiveStatus store, Telemetry telemetry, List<WebhookState> webhooks) {
        List<Loss> losses = new ArrayList<>();
        ArchiveStatus.More more = store.more();
        if (store.state().equals("failing")) {
            losses.add(new Loss(store.sentence(), more == null ? null : more.lastErrorAt()));
        }
        if (store.runsMissed() > 0) {
            losses.add(new Loss(
                    counted(store.runsMissed(), "ended run", "was", "were")
                            + " not stored, because nothing could be written for too long.",
                    more == null ? null : more.lastMissedAt()));
        }
        if (store.eventsMissed() > 0) {
            losses.add(new Loss(
                    counted(store.eventsMissed(), "landmark event", "was", "were")
                            + " not stored, because nothing could be written for too long.",
                    more == null ? null : more.lastMissedAt()));
        }
        Telemetry.Intake intake = telemetry.intake();
        long rejected =
                intake.rejected().values().stream().mapToLong(Long::longValue).sum();
        if (rejected > 0) {
            losses.add(new Loss(
                    counted(rejected, "line", "was", "were")
                            + " not taken from other programs, the last because it was " + intake.lastReason() + ".",
                    intake.lastRejected()));
        }
        for (WebhookState webhook : webhooks) {
            if (webhook.givenUp() > 0) {
                losses.add(new Loss(
                        counted(webhook.givenUp(), "notice", "was", "were") + " not delivered to " + webhook.address()
                                + (webhook.lastError() == null ? "." : ": " + webhook.lastError() + "."),
                        webhook.lastErrorAt() == null
                                ? null
                                : webhook.lastErrorAt().toString()));
            }
        }
        return losses;
    }

    private static String counted(long count, String what, String one, String many) {
        return count + " " + what + (count == 1 ? " " + one : "s " + many);
    }
}
