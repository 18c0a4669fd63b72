package io.escapement.alert.webhook;

import io.escapement.alert.Alert;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts notices to one receiver, one after the other on a thread of its own: in order, so that no end overtakes its beginning.
 * One that fails is tried again before the next one is; one that the receiver refuses for good (any answer from 300 but
 * 408, 429 and 5xx), or that failed too often, is given up and counted. Thread-safe; {@link #offer} never waits.
 */
public final class Webhook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    /** For what is left when the process ends. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final WebhookAddress address;
    private final Supplier<String> dashboard;
    private final Patience patience;
    private final Clock clock;
    private final HttpClient client;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Alert> queue = new ArrayDeque<>();
    private boolean closing;
    private long sent;
    private long givenUp;
    private Instant lastSuccess;
    private String lastError;
    private Instant lastErrorAt;

    /** @param dashboard its address, without a slash at the end; asked when there is something to tell */
    public Webhook(WebhookAddress address, Supplier<String> dashboard, Patience patience, Clock clock) {
        this.address = address;
        this.dashboard = dashboard;
        this.patience = patience;
        this.clock = clock;
        client = HttpClient.newBuilder().connectTimeout(patience.answer()).build();
        thread = new Thread(this::deliver, "webhook");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a notice to be sent. */
    public void offer(Alert alert) {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            if (queue.size() >= patience.queue()) {
                Alert oldest = queue.removeFirst();
                giveUp(oldest, "more than " + patience.queue() + " notices wait");
            }
            queue.addLast(alert);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public WebhookState state() {
        lock.lock();
        try {
            return new WebhookState(
                    address.toString(),
                    address.format().name().toLowerCase(Locale.ROOT),
                    queue.size(),
                    sent,
                    givenUp,
                    lastSuccess,
                    lastError,
                    lastErrorAt);
        } finally {
            lock.unlock();
        }
    }

    private void deliver() {
        try {
            while (true) {
                Alert next = next();
                if (next == null) {
                    return;
                }
                deliver(next);
            }
        } catch (InterruptedException e) {
            // The process ends; what is left is counted by close().
        }
    }

    /** Waits for one; null when there will be none. It stays in the queue until its fate is known. */
    private Alert next() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return null;
                }
                changed.await();
            }
            return queue.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Alert alert) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            Outcome outcome = post(alert);
            lock.lock();
            try {
                if (outcome.error == null) {
                    sent++;
                    lastSuccess = clock.instant();
                    // One that a full queue pushed out while it was under way has arrived after all.
                    givenUp -= queue.removeFirstOccurrence(alert) ? 0 : 1;
                    return;
                }
                lastError = outcome.error;
                lastErrorAt = clock.instant();
                boolean dropped = !queue.contains(alert);
                if (dropped) {
                    return;
                }
                if (!outcome.passing || closing || failures >= patience.tries()) {
                    queue.removeFirstOccurrence(alert);
                    giveUp(alert, outcome.error + (failures == 1 ? "" : ", at the last of " + failures + " tries"));
                    return;
                }
                LOG.debug("The webhook {} failed: {}.", address, outcome.error);
                pause(patience.pause(failures), alert);
            } finally {
                lock.unlock();
            }
        }
    }

    /** With the lock held; shorter if the notice is given up meanwhile or the process ends. */
    private void pause(Duration time, Alert alert) throws InterruptedException {
        long left = time.toNanos();
        while (left > 0 && !closing && queue.contains(alert)) {
            left = changed.awaitNanos(left);
        }
    }

    private void giveUp(Alert alert, String why) {
        givenUp++;
        LOG.warn(
                "The webhook {} was not told that {} is {} for run {}: {}. So far {} of its notices were given up.",
                address,
                alert.rule().label(),
                alert.status(),
                alert.run(),
                why,
                givenUp);
    }

    /**
     * @param error null where it was accepted
     * @param passing whether another try may do better
     */
    private record Outcome(String error, boolean passing) {}

    private Outcome post(Alert alert) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.uri())
                .timeout(patience.answer())
                .header("Content-Type", "application/json")
                .header("User-Agent", "escapement")
                .POST(HttpRequest.BodyPublishers.ofString(address.format().text(alert, dashboard.get())));
        if (address.authorization() != null) {
            request.header("Authorization", address.authorization());
        }
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 200 && status < 300) {
                return new Outcome(null, false);
            }
            return new Outcome("it answered " + status, status >= 500 || status == 408 || status == 429);
        } catch (HttpTimeoutException e) {
            return new Outcome("no answer within " + patience.answer().toMillis() + " ms", true);
        } catch (ConnectException e) {
            return new Outcome("it cannot be reached", true);
        } catch (IOException e) {
            // Its message may repeat the address.
            return new Outcome("the connection failed (" + e.getClass().getSimpleName() + ")", true);
        }
    }

    /** Tries what is left once more, not for long, and counts what stays undelivered. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(FAREWELL.toMillis());
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            while (!queue.isEmpty()) {
                giveUp(queue.removeFirst(), "the process ends");
            }
        } finally {
            lock.unlock();
        }
    }
}
