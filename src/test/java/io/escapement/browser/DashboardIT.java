package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser, against the packaged program. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class DashboardIT {

    private static Chromium chromium;
    private static Escapement server;

    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        chromium = new Chromium();
        server = new Escapement("serve");
    }

    @AfterAll
    static void close() throws IOException {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void newPage() {
        page = chromium.newPage(1440, 1000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // Chromium itself writes a line for every answer of 400 and above; those are tested for.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void closePage() {
        page.close();
        assertThat(complaints).as("errors on the page's console").isEmpty();
    }

    private Locator at(String testId) {
        return page.locator("[data-testid=" + testId + "]").first();
    }

    private Locator event(String kind, String more) {
        return page.locator("[data-testid=event-row][data-kind=" + kind + "]" + more)
                .first();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> stats() {
        return (Map<String, Object>) page.evaluate("window.escapement.stats()");
    }

    /** Playwright's own waiting evaluates strings in the page, which its security policy forbids. */
    private void waitForEvents(long count) {
        await().pollInSameThread()
                .atMost(Duration.ofMillis(Chromium.PATIENCE))
                .until(() -> number(page.evaluate("window.escapement?.stats().lastSeq ?? -1")) >= count);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    @Test
    void theDemoIsSeenToGetStuckToBeJudgedToEscapeAndToFinish() throws IOException {
        try (Escapement demo = new Escapement()) {
            page.navigate(demo.url() + "/");
            watchTheStory();
            // Before its server goes, or it would complain that it cannot reconnect.
            page.navigate("about:blank");
        }
    }

    private void watchTheStory() {
        assertThat(page).hasURL(Pattern.compile(".*/runs/[0-9A-Z]{26}.*"));
        assertThat(at("connection")).containsText("Live");
        Locator judged = event("stationary", "");
        assertThat(page.locator(
                                "[data-testid=event-row][data-kind=stationary]",
                                new Page.LocatorOptions().setHasText("Spurious minimum"))
                        .first())
                .isVisible();
        assertThat(event("escape", "[data-outcome=accepted]")).isVisible();
        assertThat(at("verdict")).hasAttribute("data-verdict", "global-minimum");
        assertThat(at("state")).hasAttribute("data-state", "converged");
        assertThat(at("sentence")).containsText("certified");
        assertThat(judged).isVisible();
        assertThat(event("verdict", "")).isVisible();
        for (String panel : List.of(
                "phase-strip",
                "chart-objective",
                "chart-gradient",
                "chart-distance",
                "chart-curvature",
                "chart-step",
                "path3d")) {
            assertThat(at(panel)).isVisible();
        }
        Map<?, ?> points = (Map<?, ?>) stats().get("points");
        assertThat(number(points.get("loss"))).isGreaterThan(50);
        assertThat(points.get("distance")).isEqualTo(points.get("loss"));
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/dashboard.png")));
    }

    private void start(Map<String, String> options) {
        page.navigate(server.url() + "/runs");
        assertThat(at("connection")).containsText("Live");
        String id = (String) page.evaluate("""
                async options => {
                  const answer = await fetch('/api/v1/runs', {
                    method: 'POST', headers: {'Content-Type': 'application/json'},
                    body: JSON.stringify({problem: 'pmc', options})
                  });
                  if (answer.status !== 201) throw new Error(await answer.text());
                  return (await answer.json()).id;
                }\
                """, options);
        page.navigate(server.url() + "/runs/" + id);
        assertThat(at("connection")).containsText("Live");
    }

    @Test
    void aRunIsPausedResumedAndStoppedFromThePage() {
        start(Map.of("n", "40", "rho", "0.1", "pace", "20", "step", "fixed:1e-4", "name", "steered"));
        assertThat(at("state")).hasAttribute("data-state", "running");
        at("btn-pause").click();
        assertThat(at("state")).hasAttribute("data-state", "paused");
        at("btn-pause").click();
        assertThat(at("state")).hasAttribute("data-state", "running");
        at("btn-stop").click();
        assertThat(at("state")).hasAttribute("data-state", "cancelled");
        assertThat(at("btn-stop")).isDisabled();
    }

    @Test
    void anEscapeIsForcedFromThePage() {
        start(Map.of("n", "40", "rho", "0.1", "pace", "20", "step", "fixed:1e-4", "name", "pushed"));
        assertThat(at("state")).hasAttribute("data-state", "running");
        at("btn-escape").click();
        assertThat(event("stationary", "")).isVisible();
        assertThat(page.locator("[data-testid=event-row][data-kind=escape]").first())
                .isVisible();
        at("btn-stop").click();
    }

    @Test
    void aReloadInMidRunLosesNothing() {
        start(Map.of("n", "40", "rho", "0.1", "pace", "30", "step", "fixed:1e-4", "name", "reloaded"));
        waitForEvents(20);
        page.reload();
        waitForEvents(60);
        assertThat(number(stats().get("level"))).isZero();
        // One phase event, then an iteration each: nothing is missing and nothing twice. Rows may be newer than the
        // position.
        await().pollInSameThread().atMost(Duration.ofMillis(Chromium.PATIENCE)).untilAsserted(() -> {
            Map<String, Object> stats = stats();
            assertThat(number(((Map<?, ?>) stats.get("points")).get("loss"))).isEqualTo(number(stats.get("lastSeq")));
        });
        at("btn-stop").click();
    }

    @Test
    void theFormStartsARunAndShowsWhatIsWrong() {
        page.navigate(server.url() + "/runs");
        at("start-run").click();
        Locator form = page.locator("start-run form");
        Locator n = form.locator("[name=option-n]");
        n.fill("1");
        form.locator("footer .primary").click();
        assertThat(form).containsText("--n is 1");
        n.fill("6");
        form.locator("footer .primary").click();
        assertThat(page).hasURL(Pattern.compile(".*/runs/[0-9A-Z]{26}.*"));
        assertThat(event("verdict", "")).isVisible();
    }

    @Test
    void theListShowsRunsAndOpensThem() {
        start(Map.of("n", "11", "name", "listed"));
        page.navigate(server.url() + "/runs");
        Locator row = page.locator("[data-testid=run-row]").first();
        assertThat(row).isVisible();
        row.click();
        assertThat(page).hasURL(Pattern.compile(".*/runs/[0-9A-Z]{26}.*"));
        assertThat(at("sentence")).isVisible();
    }

    @Test
    void aNarrowPageIsUsable() {
        page.setViewportSize(360, 800);
        start(Map.of("n", "11", "name", "narrow"));
        assertThat(at("sentence")).isVisible();
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(number(overflow)).as("horizontal overflow in pixels").isZero();
    }
}
