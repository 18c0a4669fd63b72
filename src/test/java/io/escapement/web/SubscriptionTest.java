package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server holds for a client whose socket takes nothing. */
class SubscriptionTest {

    private final List<String> written = new ArrayList<>();
    private final List<Promise<Void>> taken = new ArrayList<>();
    private final RunLog log = new RunLog(TestRuns.header("r"));
    private final TestRuns events = new TestRuns();
    private final StreamClient client = new StreamClient(socket(), () -> true, 0);
    private final Subscription subscription = new Subscription(client, log, 20, -1, 0);
    private final Frames frames = new Frames("epoch");

    private ServerWebSocket socket() {
        return (ServerWebSocket) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServerWebSocket.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isClosed" -> false;
                    case "writeTextMessage" -> write((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private Future<Void> write(String text) {
        written.add(text);
        taken.add(Promise.promise());
        return taken.get(taken.size() - 1).future();
    }

    private void tick() {
        if (subscription.due(0)) {
            subscription.begin(0);
            subscription.deliver(frames.change(log, subscription.position(), log.last()), 0, lag -> {});
        }
    }

    @Test
    void aStuckClientHoldsAtMostOneFrameMoreThanFillsIt() {
        tick();
        for (int i = 0; i < 10_000; i++) {
            log.append(events.iteration(i, 1.0 / (i + 1), 1));
            tick();
        }
        long held = written.stream().mapToLong(String::length).sum();
        long largest = written.stream().mapToLong(String::length).max().orElseThrow();
        assertThat(held).isLessThan(128 * 1024 + largest);
        int before = written.size();
        taken.forEach(Promise::complete);
        tick();
        assertThat(written).hasSize(before + 1);
        assertThat(subscription.position()).isEqualTo(log.last());
        assertThat(PageModel.parse(written.get(before))
                        .path("status")
                        .path("iteration")
                        .asLong())
                .isEqualTo(9_999);
    }

    @Test
    void nothingIsDueWhileAFrameIsBuiltOrNothingChanged() {
        assertThat(subscription.due(0))
                .as("the first answer, even of an empty log")
                .isTrue();
        subscription.begin(0);
        assertThat(subscription.due(0)).isFalse();
        subscription.deliver(frames.change(log, -1, log.last()), 0, lag -> {});
        assertThat(subscription.due(0)).isFalse();
        log.append(events.iteration(0, 1, 1));
        assertThat(subscription.due(0)).isTrue();
        subscription.end();
        assertThat(subscription.due(0)).isFalse();
    }

    private void sendAt(long now) {
        subscription.begin(now);
        subscription.deliver(frames.change(log, subscription.position(), log.last()), now, lag -> {});
    }

    @Test
    void aClientIsBehindByTheAgeOfWhatItHas() {
        assertThat(subscription.behind(100)).as("it has nothing yet").isEqualTo(100);
        sendAt(100);
        assertThat(subscription.behind(150)).as("nothing has left yet").isEqualTo(150);
        taken.get(0).complete();
        assertThat(subscription.behind(200)).as("it has all there is").isZero();
        subscription.due(200);
        log.append(events.iteration(0, 1, 1));
        assertThat(subscription.behind(230)).isEqualTo(30);
        sendAt(240);
        log.append(events.iteration(1, 1, 1));
        taken.get(1).complete();
        assertThat(subscription.behind(300))
                .as("it has what was there at 240, and there is newer")
                .isEqualTo(60);
        sendAt(300);
        assertThat(subscription.behind(1000)).as("stuck").isEqualTo(760);
        subscription.end();
        assertThat(subscription.behind(2000)).isZero();
    }
}
