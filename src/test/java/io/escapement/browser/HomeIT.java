package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The list of runs over a store with ten thousand of them, in a real browser. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class HomeIT {

    private static final int RUNS = 10_000;

    @TempDir
    private static Path directory;

    private static Chromium chromium;
    private static Escapement server;

    private Page page;

    @BeforeAll
    static void open() throws IOException {
        StoredExamples.fill(directory, RUNS, 20261129);
        server = serve(0);
        chromium = new Chromium();
    }

    private static Escapement serve(int port) throws IOException {
        return new Escapement(Path.of(""), port, "serve", "--store", directory.toString());
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
        page = chromium.newPage(1440, 900);
    }

    @AfterEach
    void closePage() {
        page.close();
    }

    @Test
    void aTelephoneShowsStateNameAndLoss() throws IOException, InterruptedException {
        String id = external("pocket");
        post("/api/v1/runs/" + id + "/events", "application/x-ndjson", "{\"loss\": 0.5}\n{\"loss\": 0.125}\n");
        page.setViewportSize(360, 740);
        navigate("/runs?q=pocket");
        assertThat(row("pocket").locator(".col-loss")).hasText("0.125");
        assertThat(row("pocket").locator(".col-state [role=img]")).hasAttribute("aria-label", "Running");
        page.setViewportSize(1440, 900);
        assertThat(row("pocket").locator(".col-state")).hasText(Pattern.compile("Running"));
        Object wide = page.evaluate("[...document.querySelectorAll('table.runs th')]"
                + ".filter(th => th.scrollWidth > th.clientWidth).map(th => th.textContent.trim()).join()");
        assertThat(wide).as("headings that reach into the next").isEqualTo("");
    }

    private void navigate(String path) {
        page.navigate(server.url() + path);
        assertThat(at("connection")).containsText("Live");
    }

    private Locator at(String testId) {
        return page.locator("[data-testid=" + testId + "]").first();
    }

    private Locator rows() {
        return page.locator("[data-testid=run-row]");
    }

    private Locator row(String name) {
        return rows().filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                ".col-name a",
                                new Page.LocatorOptions().setHasText(Pattern.compile("^" + name + "$")))))
                .first();
    }

    private static String post(String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + path))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return response.body();
    }

    private static String external(String name) throws IOException, InterruptedException {
        String made = post("/api/v1/runs", "application/json", "{\"source\":\"external\",\"name\":\"" + name + "\"}");
        return made.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    private static void loss(String run, int iteration, double loss) throws IOException, InterruptedException {
        post(
                "/api/v1/runs/" + run + "/events",
                "application/x-ndjson",
                "{\"seq\":" + iteration + ",\"iteration\":" + iteration + ",\"loss\":" + loss + "}\n");
    }

    private long number(String expression) {
        return ((Number) page.evaluate(expression)).longValue();
    }

    @Test
    void tenThousandRunsAreScrolledThroughAndOnlyThoseInSightAreDrawn() {
        navigate("/runs");
        assertThat(row("run " + (RUNS - 1))).isVisible();
        assertThat(at("total")).containsText("10\u202f00");
        Map<?, ?> scrolled = (Map<?, ?>) page.evaluate("""
            async () => {
              const wrap = document.querySelector('.table-wrap');
              const frames = [];
              let drawn = 0;
              const began = performance.now();
              let then = began;
              for (let step = 1; step <= 60; step++) {
                wrap.scrollTop = (wrap.scrollHeight * step) / 60;
                await new Promise(requestAnimationFrame);
                const now = performance.now();
                frames.push(now - then);
                then = now;
                drawn = Math.max(drawn, window.escapement.stats().drawn);
              }
              frames.sort((a, b) => a - b);
              return {
                drawn, frames: frames.length, seconds: (then - began) / 1000,
                median: frames[frames.length >> 1], p95: frames[Math.floor(frames.length * 0.95)],
              };
            }\
            """);
        System.out.printf(
                "home: %d runs scrolled through in %s s, %s frames, median %s ms, p95 %s ms, at most %s rows drawn%n",
                RUNS,
                scrolled.get("seconds"),
                scrolled.get("frames"),
                scrolled.get("median"),
                scrolled.get("p95"),
                scrolled.get("drawn"));
        // Jumped to the end, the pages between come one after the other.
        assertThat(row("run 0")).isVisible();
        assertThat(((Number) scrolled.get("drawn")).intValue()).isLessThan(120);
        assertThat(number("window.escapement.stats().rows")).isGreaterThanOrEqualTo(RUNS);
    }

    @Test
    void theServerSortsAndFiltersAndTheAddressSaysIt() {
        navigate("/runs?q=" + "tag%3Anone");
        assertThat(page.locator(".blank")).containsText("No run matches");
        assertThat(at("filter-chip")).containsText("none");
        at("filter-chip").click();
        assertThat(row("run " + (RUNS - 1))).isVisible();
        // Runs that other tests have started are in other states.
        page.locator(".search").fill("state:limit");
        assertThat(page).hasURL(Pattern.compile(".*/runs\\?q=state%3Alimit$"));
        page.locator("th.col-loss button").click();
        assertThat(rows().first()).hasAttribute("data-run", StoredExamples.id(RUNS - 1));
        page.locator("th.col-loss button").click();
        assertThat(rows().first()).hasAttribute("data-run", StoredExamples.id(0));
        assertThat(page).hasURL(Pattern.compile(".*/runs\\?q=state%3Alimit&sort=loss&down=1$"));
        page.locator("th.col-loss button").press("f");
        page.keyboard().press("Home");
        page.keyboard().type("run 77 ");
        assertThat(at("total")).containsText("111 runs");
        page.reload();
        assertThat(at("total")).containsText("111 runs");
        assertThat(rows().first()).hasAttribute("data-run", StoredExamples.id(77));
        assertThat(page.locator(".search")).hasValue("run 77 state:limit");
    }

    @Test
    void aLiveRowChangesAndNewRunsWaitWhileOneReads() throws IOException, InterruptedException {
        String live = external("alive");
        loss(live, 0, 0.5);
        navigate("/runs");
        Locator mine = page.locator("[data-run='" + live + "']").first();
        assertThat(mine).containsText("0.5");
        loss(live, 1, 0.125);
        assertThat(mine).containsText("0.125");
        row("run " + (RUNS - 2)).hover();
        String first = rows().first().getAttribute("data-run");
        String next = external("newcomer");
        loss(next, 0, 1);
        assertThat(at("waiting")).hasText(Pattern.compile("\\s*1 new\\s*"));
        assertThat(rows().first()).hasAttribute("data-run", first);
        at("waiting").click();
        assertThat(rows().first()).hasAttribute("data-run", next);
    }

    @Test
    void runsAreNamedTaggedPinnedArchivedComparedAndDeleted() throws IOException, InterruptedException {
        navigate("/runs?q=run+1234");
        Locator target = row("run 1234");
        target.locator("[data-testid=run-more]").click();
        page.locator("#edit-name").fill("a better name");
        page.locator("#edit-tags").fill("good, night shift");
        page.locator("#edit-note").fill("worth another look");
        page.locator("dialog.edit .primary").click();
        navigate("/runs?q=tag%3A%22night+shift%22");
        assertThat(row("a better name")).isVisible();
        row("a better name").locator("[data-testid=run-more]").click();
        page.locator("dialog.edit").getByText("Pin on top").click();
        assertThat(page.locator("dialog.edit")).isHidden();
        navigate("/runs");
        assertThat(page.locator("tbody.pinned")).containsText("a better name");
        page.locator("tbody.pinned [data-testid=run-more]").first().click();
        page.locator("dialog.edit")
                .getByText("Archive", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("tbody.pinned")).hasCount(0);
        navigate("/runs?archived=1");
        assertThat(row("a better name")).isVisible();
        row("a better name").locator("[data-testid=run-more]").click();
        page.locator("dialog.edit").getByText("Delete…").click();
        assertThat(page.locator("dialog.edit [role=alert]")).containsText("cannot be had back");
        page.locator("dialog.edit .danger").click();
        assertThat(page.locator(".blank")).containsText("No run here");

        navigate("/runs?q=run+55");
        rows().nth(0).locator("input[type=checkbox]").check();
        assertThat(at("compare")).isDisabled();
        rows().nth(1).locator("input[type=checkbox]").check();
        at("compare").click();
        assertThat(page).hasURL(Pattern.compile(".*/compare\\?runs=[0-9A-Z]{26}(,|%2C)[0-9A-Z]{26}.*"));
    }

    @Test
    void theSearchOfTheTopBarIsForTheKeyboard() {
        navigate("/runs");
        page.keyboard().press("/");
        page.keyboard().type("run 4321");
        Locator found = page.locator("[data-testid=search-result][aria-selected=true]");
        assertThat(found).containsText("run 4321");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/runs/" + StoredExamples.id(4321) + ".*"));
        page.keyboard().press("/");
        page.keyboard().type("health");
        assertThat(found).containsText("Health");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/health$"));
        page.keyboard().press("?");
        assertThat(page.locator(".help-overlay")).containsText("search: runs, problems, experiments, pages");
        page.keyboard().press("Escape");
    }

    @Test
    void aPageGoesOnAfterItsServerHasRestarted() throws IOException, InterruptedException {
        navigate("/runs");
        // The connection is there before the page's own modules are.
        assertThat(row("run " + (RUNS - 1))).isVisible();
        int port = server.port();
        server.close();
        assertThat(at("connection")).hasAttribute("data-kind", Pattern.compile("reconnecting|offline"));
        server = serve(port);
        assertThat(at("connection")).hasAttribute("data-kind", "live");
        String run = external("after the restart");
        loss(run, 0, 0.25);
        assertThat(row("after the restart")).isVisible();
        loss(run, 1, 0.0625);
        assertThat(row("after the restart")).containsText("0.0625");
    }

    @Test
    void aPageThatWasHiddenCatchesUpWhenItIsSeenAgain() throws IOException, InterruptedException {
        String run = external("sleeper");
        loss(run, 0, 0.5);
        navigate("/runs");
        assertThat(row("sleeper")).containsText("0.5");
        hide(true);
        await("the server knows that nobody looks")
                .pollInSameThread()
                .atMost(Duration.ofMillis(Chromium.PATIENCE))
                .until(() -> number("""
                    fetch('/api/v1/health').then(r => r.json())
                      .then(h => h.stream.viewers.flatMap(v => v.topics).reduce((n, t) => n + (t.rows ?? 0), 0))\
                    """) == 0);
        loss(run, 1, 0.03125);
        hide(false);
        assertThat(row("sleeper")).containsText("0.03125");
    }

    private void hide(boolean hidden) {
        page.evaluate("""
            hidden => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
              document.dispatchEvent(new Event('visibilitychange'));
            }\
            """, hidden);
    }

    @Test
    void aRunIsStartedAgainWithChangesFromItsAddress() throws IOException, InterruptedException {
        String made = post(
                "/api/v1/runs",
                "application/json",
                "{\"problem\":\"pmc\",\"options\":{\"n\":5,\"rho\":0.2,\"seed\":9,\"name\":\"first try\"}}");
        String id = made.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        navigate("/runs?start=" + id);
        Locator form = page.locator("start-run form");
        assertThat(form.locator("[name=option-n]")).hasValue("5");
        assertThat(form.locator("[name=option-rho]")).hasValue("0.2");
        form.locator("[name=option-seed]").fill("ten");
        page.keyboard().press("Enter");
        assertThat(form.locator("#option-seed-error")).containsText("a whole number is needed");
        assertThat(form.locator("[name=option-seed]")).isFocused();
        form.locator("[name=option-seed]").fill("10");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/runs/01[0-9A-Z]{24}.*"));
        assertThat(page.locator("run-header")).containsText("--seed=10");
    }
}
