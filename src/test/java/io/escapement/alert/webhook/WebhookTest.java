package io.escapement.alert.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.escapement.alert.Alert;
import io.escapement.alert.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notices at a receiver: what they say, and what happens when it does not take them. */
class WebhookTest {

    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final Patience HASTY =
            new Patience(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(60), 4);

    private final Receiver receiver = new Receiver();
    private final List<Webhook> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Webhook::close);
        receiver.close();
    }

    private Webhook webhook(String address) {
        return webhook(address, HASTY);
    }

    private Webhook webhook(String address, Patience patience) {
        Webhook made =
                new Webhook(WebhookAddress.parse(address), () -> "http://127.0.0.1:8080", patience, Clock.systemUTC());
        open.add(made);
        return made;
    }

    private static Alert firing(String run) {
        return new Alert(Rule.STALLED, run, "A \"name\"", "No progress.", AT, AT.plusSeconds(60), null, null);
    }

    private static Alert resolved(String run) {
        return new Alert(
                Rule.STALLED,
                run,
                "A \"name\"",
                "No progress.",
                AT,
                AT.plusSeconds(60),
                AT.plusSeconds(90),
                "The run goes on. Descending.");
    }

    @Test
    void ourOwnFormat() {
        Webhook webhook = webhook("http://" + receiver.host() + "/hook?key=1");
        webhook.offer(firing("r 1"));
        webhook.offer(resolved("r 1"));
        await().until(() -> receiver.posts.size() == 2);
        assertThat(receiver.posts.get(0).path()).isEqualTo("/hook?key=1");
        assertThat(receiver.posts.get(0).body())
                .hasToString(
                        "{\"status\":\"firing\",\"rule\":\"stalled\",\"severity\":\"warning\",\"run\":{\"id\":\"r 1\","
                                + "\"name\":\"A \\\"name\\\"\",\"url\":\"http://127.0.0.1:8080/runs/r%201\"},"
                                + "\"sentence\":\"No progress.\",\"since\":\"2026-11-22T08:00:00Z\","
                                + "\"firedAt\":\"2026-11-22T08:01:00Z\"}");
        JsonNode over = receiver.posts.get(1).body();
        assertThat(over.path("status").asText()).isEqualTo("resolved");
        assertThat(over.path("resolvedAt").asText()).isEqualTo("2026-11-22T08:01:30Z");
        assertThat(over.path("resolution").asText()).isEqualTo("The run goes on. Descending.");
    }

    /** Field by field as in Prometheus' documentation of webhook_config. */
    @Test
    void alertmanagersFormat() {
        Webhook webhook = webhook("alertmanager:http://" + receiver.host() + "/");
        webhook.offer(firing("r1"));
        webhook.offer(resolved("r1"));
        await().until(() -> receiver.posts.size() == 2);
        for (int i = 0; i < 2; i++) {
            JsonNode body = receiver.posts.get(i).body();
            String status = i == 0 ? "firing" : "resolved";
            assertThat(names(body))
                    .containsExactlyInAnyOrder(
                            "version",
                            "groupKey",
                            "truncatedAlerts",
                            "status",
                            "receiver",
                            "groupLabels",
                            "commonLabels",
                            "commonAnnotations",
                            "externalURL",
                            "alerts");
            assertThat(body.path("version").isTextual()).isTrue();
            assertThat(body.path("version").asText()).isEqualTo("4");
            assertThat(body.path("truncatedAlerts").isIntegralNumber()).isTrue();
            assertThat(body.path("status").asText()).isEqualTo(status);
            assertThat(body.path("alerts").size()).isEqualTo(1);
            JsonNode alert = body.path("alerts").get(0);
            assertThat(names(alert))
                    .containsExactlyInAnyOrder(
                            "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
            assertThat(alert.path("status").asText()).isEqualTo(status);
            assertThat(alert.path("labels").path("alertname").asText()).isEqualTo("EscapementRunStalled");
            assertThat(alert.path("labels")).isEqualTo(body.path("commonLabels"));
            assertThat(alert.path("annotations")).isEqualTo(body.path("commonAnnotations"));
            assertThat(alert.path("annotations").path("summary").asText()).endsWith(".");
            assertThat(alert.path("startsAt").asText()).isEqualTo("2026-11-22T08:01:00Z");
            assertThat(alert.path("endsAt").asText())
                    .isEqualTo(i == 0 ? "0001-01-01T00:00:00Z" : "2026-11-22T08:01:30Z");
            assertThat(alert.path("fingerprint").asText()).matches("[0-9a-f]{16}");
        }
        assertThat(fingerprint(0)).isEqualTo(fingerprint(1));
    }

    private String fingerprint(int post) {
        return receiver.posts.get(post).body().at("/alerts/0/fingerprint").asText();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void a500IsTriedAgainBeforeTheNextNotice() {
        receiver.answers.addAll(List.of(500, 429));
        Webhook webhook = webhook("http://" + receiver.host());
        webhook.offer(firing("a"));
        webhook.offer(resolved("a"));
        await().until(() -> webhook.state().sent() == 2);
        assertThat(receiver.posts)
                .extracting(post -> post.body().path("status").asText())
                .containsExactly("firing", "firing", "firing", "resolved");
        WebhookState state = webhook.state();
        assertThat(state.queued()).isZero();
        assertThat(state.givenUp()).isZero();
        assertThat(state.lastSuccess()).isNotNull();
        assertThat(state.lastError()).isEqualTo("it answered 429");
    }

    @Test
    void whatFailsTooOftenIsGivenUpAndCountedAndTheNextOneGoesOn() {
        receiver.answers.addAll(List.of(500, 502, 503));
        Webhook webhook = webhook("http://" + receiver.host());
        webhook.offer(firing("a"));
        webhook.offer(firing("b"));
        await().until(() -> webhook.state().sent() == 1);
        assertThat(receiver.posts)
                .extracting(post -> post.body().at("/run/id").asText())
                .containsExactly("a", "a", "a", "b");
        assertThat(webhook.state().givenUp()).isEqualTo(1);
        assertThat(webhook.state().lastError()).isEqualTo("it answered 503");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404})
    void aRefusalIsNotTriedAgain(int status) {
        receiver.answers.add(status);
        Webhook webhook = webhook("http://" + receiver.host());
        webhook.offer(firing("a"));
        webhook.offer(firing("b"));
        await().until(() -> webhook.state().sent() == 1);
        assertThat(receiver.posts).hasSize(2);
        assertThat(webhook.state().givenUp()).isEqualTo(1);
    }

    @Test
    void aFullQueueGivesUpTheOldestAndNeverWaits() {
        String host = receiver.host();
        receiver.close();
        Patience patient =
                new Patience(1000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60), 4);
        Webhook webhook = webhook("http://" + host, patient);
        IntStream.range(0, 10).forEach(i -> webhook.offer(firing("r" + i)));
        await().until(() -> webhook.state().lastError() != null);
        assertThat(webhook.state().queued()).isEqualTo(4);
        assertThat(webhook.state().givenUp()).isEqualTo(6);
        assertThat(webhook.state().lastError()).isEqualTo("it cannot be reached");
    }

    @Test
    void orderIsKept() {
        receiver.answers.addAll(List.of(200, 500, 200, 503, 500, 200));
        Webhook webhook = webhook(
                "http://" + receiver.host(),
                new Patience(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(60), 100));
        IntStream.range(0, 30).forEach(i -> webhook.offer(firing("r" + i)));
        await().until(() -> webhook.state().sent() == 30);
        assertThat(receiver.accepted())
                .extracting(post -> post.body().at("/run/id").asText())
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> "r" + i).toList());
    }

    @Test
    void nameAndPasswordAreSentAndNeverShown() {
        Webhook webhook = webhook("alertmanager:http://me:s3cr%3At@" + receiver.host() + "/T0KEN/x?key=t0ken");
        receiver.answers.add(401);
        webhook.offer(firing("a"));
        await().until(() -> webhook.state().givenUp() == 1);
        String expected = Base64.getEncoder().encodeToString("me:s3cr:t".getBytes(StandardCharsets.UTF_8));
        assertThat(receiver.posts.get(0).authorization()).isEqualTo("Basic " + expected);
        assertThat(receiver.posts.get(0).path()).isEqualTo("/T0KEN/x?key=t0ken");
        assertThat(webhook.state().address()).isEqualTo("alertmanager:http://" + receiver.host() + "/…");
        assertThat(webhook.state().toString()).doesNotContain("s3cr").doesNotContainIgnoringCase("t0ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://s3cret@host/", "http:///s3cret", "host/s3cret", "http://s3cret host"})
    void whatIsNoAddressIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> WebhookAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("s3cret")
                .startsWith("is n");
    }

    @Test
    void whatIsLeftAtTheEndIsGivenUp() {
        String host = receiver.host();
        receiver.close();
        Webhook webhook = webhook(
                "http://" + host,
                new Patience(9, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60), 4));
        webhook.offer(firing("a"));
        await().until(() -> webhook.state().lastError() != null);
        webhook.close();
        assertThat(webhook.state().givenUp()).isEqualTo(1);
        assertThat(webhook.state().queued()).isZero();
    }

    @Test
    void thePauseDoublesUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 8)
                        .mapToObj(Patience.STANDARD::pause)
                        .map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }
}
