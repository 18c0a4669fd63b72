package io.escapement.web;

import io.escapement.ingest.ExternalRun;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/**
 * How fast the events of one run may come. Each run has a bucket of one second's events, which fills at the rate; who has
 * taken more waits until it is paid. Events that were sent before and count once are not charged, so that a batch which is
 * sent again gets further. On one thread.
 */
final class Pace {

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final LongSupplier nanos;
    private final Map<ExternalRun, Account> accounts = new WeakHashMap<>();

    private static final class Account {
        /** Events, negative for those in advance. */
        double left;

        long at;
    }

    /**
     * @param perSecond events; 0 for no limit
     * @param nanos the system's nanoseconds
     */
    Pace(double perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    void charge(ExternalRun run, long events) {
        if (perSecond > 0) {
            account(run).left -= events;
        }
    }

    /** Milliseconds until the run may send more; 0 for now. */
    long wait(ExternalRun run) {
        return perSecond > 0 ? (long) Math.ceil(Math.max(0, -account(run).left / perSecond * MILLIS)) : 0;
    }

    private Account account(ExternalRun run) {
        long now = nanos.getAsLong();
        Account account = accounts.computeIfAbsent(run, unknown -> {
            Account made = new Account();
            made.left = perSecond;
            made.at = now;
            return made;
        });
        account.left = Math.min(perSecond, account.left + (now - account.at) / NANOS * perSecond);
        account.at = now;
        return account;
    }
}
