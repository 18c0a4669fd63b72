package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bell: an alert of a run that stalls, its list by keyboard, a silence, and its end. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class AlertsIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> complaints = new ArrayList<>();
    private Escapement server;
    private Chromium chromium;
    private Page page;

    @BeforeEach
    void open() throws IOException {
        server = new Escapement(
                "serve", "--store", "none", "--alert-for", "stalled=0s", "--alert-webhook", "http://127.0.0.1:9/t0ken");
        chromium = new Chromium();
        page = chromium.newPage(1200, 800);
        page.onPageError(complaints::add);
    }

    @AfterEach
    void close() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
        assertThat(complaints).isEmpty();
    }

    private String post(String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return response.body();
    }

    private void losses(String run, int from, double factor) throws IOException, InterruptedException {
        post(
                "/api/v1/runs/" + run + "/events",
                "application/x-ndjson",
                IntStream.range(from, from + 500)
                        .mapToObj(i -> "{\"seq\":" + i + ",\"iteration\":" + i + ",\"loss\":"
                                + Math.pow(factor, i - from + 1) + "}\n")
                        .collect(Collectors.joining()));
    }

    private Locator at(String testId) {
        return page.locator("[data-testid=" + testId + "]").first();
    }

    @Test
    void anAlertIsSeenSilencedAndOver() throws IOException, InterruptedException {
        page.navigate(server.url() + "/runs");
        Locator bell = at("alert-bell");
        assertThat(bell).hasAttribute("aria-label", "No alerts");
        String made = post("/api/v1/runs", "application/json", "{\"source\":\"external\",\"name\":\"training\"}");
        String run = made.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        losses(run, 0, 1);
        assertThat(at("alert-count")).hasText("1");
        assertThat(bell).hasAttribute("aria-label", "1 alert");
        assertThat(page.locator("alert-bell [role=status]")).containsText("Alert: Stalled, training.");

        bell.focus();
        page.keyboard().press("Enter");
        Locator alert = at("alert");
        assertThat(alert).isVisible();
        assertThat(alert.locator("a")).hasAttribute("href", Pattern.compile("/runs/" + run));
        assertThat(at("webhook")).containsText("http://127.0.0.1:9/…");
        assertThat(page.locator("dialog.alerts")).not().containsText("t0ken");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/alerts.png")));

        Locator silence = alert.locator("button").first();
        silence.focus();
        page.keyboard().press("Enter");
        assertThat(at("silenced")).isVisible();
        assertThat(bell).hasAttribute("aria-label", "No alerts, 1 silenced");
        losses(run, 500, 0.97);
        assertThat(at("alert-over")).containsText("The run goes on.");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog.alerts")).isHidden();
        assertThat(bell).isFocused();
    }
}
