package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.Values;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import io.escapement.web.ServedPages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run in a real browser, with runs of a shape that each test writes itself. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class RunPageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Names FIGURES =
            Names.of(Values.LOSS, Values.GRADIENT_NORM, Values.STEP_SIZE, Values.GRADIENT_EVALUATIONS);

    private static Chromium chromium;

    private ServedPages server;
    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void newPage() {
        server = new ServedPages();
        page = chromium.newPage(1440, 1000);
        page.onPageError(complaints::add);
    }

    @AfterEach
    void closePage() {
        page.close();
        server.close();
        assertThat(complaints).as("errors on the page").isEmpty();
    }

    private Locator at(String testId) {
        return page.locator("[data-testid=" + testId + "]").first();
    }

    /** A figure of window.escapement.stats(), −1 while there is none. */
    private long stat(String name) {
        Object value = page.evaluate("name => window.escapement?.stats?.()[name] ?? -1", name);
        return ((Number) value).longValue();
    }

    private void until(String name, long wanted) {
        await(name + " " + wanted).pollInSameThread().atMost(PATIENCE).until(() -> stat(name) == wanted);
    }

    private static RunEvent.Iteration iteration(TestRuns events, long i, double loss) {
        return events.iteration(i, Values.of(FIGURES, loss, loss / 2, 0.1, 2.0 * i));
    }

    /** Down to a trap, then a race of trials of five iterations each, of which the last one leads out, and down again. */
    private static void race(RunLog log, int trials) {
        TestRuns events = new TestRuns();
        int i = 0;
        log.append(events.phase(0, Phase.DESCEND, "Descending."));
        for (; i < 50; i++) {
            log.append(iteration(events, i, 1 + Math.pow(0.8, i)));
        }
        log.append(events.phase(i, Phase.JUDGE, "Judging this point."));
        log.append(events.stationary(i, TestRuns.spurious(), 1));
        log.append(events.phase(i, Phase.ESCAPE, "Looking for a way out by auto."));
        for (int trial = 1; trial <= trials; trial++) {
            events.segment(2 * trial - 1);
            log.append(events.escape(i, RunEvent.EscapeOutcome.PROPOSED, "random start " + trial));
            log.append(events.phase(i, Phase.TRIAL, "On trial: descending from candidate " + trial + " of race."));
            for (int k = 0; k < 5; k++) {
                log.append(iteration(events, ++i, trial == trials ? 0.9 : 2 + k));
            }
            log.append(events.phase(i, Phase.ESCAPE, "The trial has ended."));
        }
        log.append(events.escape(i, RunEvent.EscapeOutcome.ACCEPTED, "the last random start"));
        log.append(events.phase(i, Phase.DESCEND, "Out: descending on."));
        for (int k = 0; k < 50; k++) {
            log.append(iteration(events, ++i, 0.9 * Math.pow(0.7, k)));
        }
        log.append(events.end(i));
    }

    @Test
    void trialsAreFoldedIntoTheirEpisodeUntilTheyAreAskedFor() {
        race(server.newRun("race"), 200);
        page.navigate(server.url() + "/runs/race");
        until("folded", 199);
        assertThat(stat("episodes")).isEqualTo(1);
        assertThat(at("phase-strip")).containsText("200 trials, out by oracle-probe");
        Locator rows = page.locator("[data-testid=event-row]");
        assertThat(rows).hasCount(3);
        assertThat(page.locator("[data-testid=event-row][data-outcome=accepted]"))
                .containsText("Out after 200 trials");
        page.locator(".unfold").click();
        assertThat(page.locator(".within [data-testid=event-row][data-outcome=proposed]")
                        .first())
                .containsText("random start");
        page.keyboard().press("t");
        until("folded", 0);
        assertThat(page).hasURL(Pattern.compile(".*trials=1.*"));
        page.reload();
        until("episodes", 1);
        assertThat(stat("folded")).as("after a reload trials are still shown").isZero();
    }

    @Test
    void whatALaterAttemptRewroteIsDottedUntilItIsLeftOut() {
        RunLog log = server.newRun("again");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 80; i++) {
            log.append(iteration(events, i, i < 50 ? 2 : 1e3));
        }
        events.attempt(2);
        for (int i = 50; i < 80; i++) {
            log.append(iteration(events, i, 1));
        }
        log.append(events.end(79));
        page.navigate(server.url() + "/runs/again");
        until("replaced", 1);
        assertThat(at("replaced")).isChecked();
        // The chart says what it shows when it has drawn it: a picture of before would be like one without the dots.
        Locator canvas = at("chart-objective").locator("canvas");
        Pattern rewritten = Pattern.compile(".*dotted: what 1 attempt rewrote.*");
        assertThat(canvas).hasAttribute("aria-label", rewritten);
        String picture = "() => document.querySelector('[data-testid=chart-objective] canvas').toDataURL()";
        Object dotted = page.evaluate(picture);
        at("replaced").click();
        assertThat(page).hasURL(Pattern.compile(".*replaced=0.*"));
        assertThat(canvas).not().hasAttribute("aria-label", rewritten);
        assertThat(page.evaluate(picture)).isNotEqualTo(dotted);
        page.reload();
        until("rows", 80);
        assertThat(at("replaced")).not().isChecked();
        assertThat(stat("replaced")).isZero();
    }

    @Test
    void whatIsNotFiniteAndWhereNothingWasHeardIsTold() {
        RunLog log = server.newRun("gaps");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 40; i++) {
            log.append(iteration(events, i, i == 7 ? Double.NaN : i == 9 ? Double.NEGATIVE_INFINITY : 40 - i));
        }
        events.pace(Duration.ofMinutes(3));
        log.append(iteration(events, 40, 0.5));
        events.pace(Duration.ofMillis(1));
        for (int i = 41; i < 80; i++) {
            log.append(iteration(events, i, 0.5));
        }
        page.navigate(server.url() + "/runs/gaps?x=elapsed");
        Locator objective = at("chart-objective");
        assertThat(objective).containsText("2 not finite, first at iteration 7");
        assertThat(page.locator(".strip .gap title")).containsText("Nothing for 3 m");
        assertThat(objective.locator("canvas"))
                .hasAttribute("aria-label", Pattern.compile("Objective.*last 0.5.*not finite.*1 gap without events.*"));
    }

    @Test
    void aLinkOpensExactlyTheViewItWasCopiedFrom() {
        race(server.newRun("linked"), 20);
        page.navigate(
                server.url() + "/runs/linked?x=calls&from=20&to=80&linear=objective&at=30&panel=step&events=phase");
        assertThat(page.locator("select[aria-label='X axis']")).hasValue("calls");
        assertThat(at("follow")).containsText("Resume");
        assertThat(at("chart-step")).hasAttribute("data-pointed", "true");
        assertThat(at("chart-objective").locator("[aria-label^='Objective: linear']"))
                .isVisible();
        assertThat(page.locator("[data-testid=event-row][data-kind=phase]").first())
                .isVisible();
        Object shown = page.evaluate("document.querySelector('run-page').run.range.join()");
        assertThat(shown).isEqualTo("20,80");
        assertThat(page.evaluate("document.querySelector('run-page').run.cursor"))
                .isEqualTo(30);
        at("follow").click();
        assertThat(at("follow")).containsText("Following");
    }

    @Test
    void everythingIsReachedByKeyboard() {
        race(server.newRun("keys"), 10);
        page.navigate(server.url() + "/runs/keys");
        until("episodes", 1);
        page.keyboard().press("]");
        assertThat(page).hasURL(Pattern.compile(".*at=100.*"));
        page.keyboard().press("ArrowLeft");
        assertThat(page).hasURL(Pattern.compile(".*at=99.*"));
        page.keyboard().press("l");
        assertThat(page).hasURL(Pattern.compile(".*linear=.*objective.*"));
        page.keyboard().press(" ");
        assertThat(at("follow")).containsText("Resume");
        page.keyboard().press("z");
        assertThat(at("follow")).containsText("Following");
        for (String label : List.of("CSV", "PNG", "SVG", "Link")) {
            Locator button =
                    at("chart-gradient").locator("button.spare", new Locator.LocatorOptions().setHasText(label));
            button.focus();
            assertThat(button).isFocused();
        }
    }

    @Test
    void aPanelIsSavedAsFiguresAndAsAPicture() throws IOException {
        race(server.newRun("saved"), 5);
        page.navigate(server.url() + "/runs/saved");
        until("episodes", 1);
        Locator tools = at("chart-objective").locator(".tools");
        at("chart-objective").locator("h2").hover();
        Path csv = page.waitForDownload(
                        () -> tools.locator("button[title*=CSV]").click())
                .path();
        List<String> lines = java.nio.file.Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("iteration,elapsed,segment,min,max,last");
        assertThat(lines).hasSize(126);
        Path svg = page.waitForDownload(
                        () -> tools.locator("button[title*=SVG]").click())
                .path();
        assertThat(java.nio.file.Files.readString(svg))
                .startsWith("<svg")
                .contains("4 trials folded", "<title>a run: Objective");
    }

    @Test
    void theTableShowsTheNewestFirstAndCanBeFrozen() {
        RunLog log = server.newRun("table");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 500; i++) {
            log.append(iteration(events, i, 500 - i));
        }
        page.navigate(server.url() + "/runs/table");
        Locator first = at("iterations").locator("tbody tr:not(.gap)").first();
        assertThat(first).containsText("499");
        assertThat(at("iterations").locator("table")).hasAttribute("aria-rowcount", "501");
        int there = at("iterations").locator("tbody tr:not(.gap)").count();
        assertThat(there).as("rows in the page").isLessThan(60);
        at("iterations")
                .locator("button", new Locator.LocatorOptions().setHasText("Freeze"))
                .click();
        for (int i = 500; i < 520; i++) {
            log.append(iteration(events, i, 0.5));
        }
        until("lastSeq", 519);
        assertThat(first).containsText("499");
        at("iterations")
                .locator("button", new Locator.LocatorOptions().setHasText("Freeze"))
                .click();
        assertThat(first).containsText("519");
    }

    @Test
    void aPageGoesOnAfterTheServerWasStartedAgain() {
        RunCatalogue runs = new RunCatalogue();
        TestRuns events = new TestRuns();
        RunLog log = new RunLog(TestRuns.header("kept"));
        ServedPages before = new ServedPages(0, runs);
        before.newRun(log);
        for (int i = 0; i < 100; i++) {
            log.append(iteration(events, i, 100 - i));
        }
        int port = before.port();
        page.navigate(before.url() + "/runs/kept");
        until("lastSeq", 99);
        before.close();
        assertThat(at("connection")).not().containsText("Live");
        for (int i = 100; i < 150; i++) {
            log.append(iteration(events, i, 0.5));
        }
        try (ServedPages after = new ServedPages(port, runs)) {
            until("lastSeq", 149);
            assertThat(after.port()).isEqualTo(port);
            Object points = page.evaluate("window.escapement.stats().points.loss");
            assertThat(points).isEqualTo(150);
            page.navigate("about:blank");
        }
    }

    @Test
    void aPageThatWasCutOffWhileItLoadedComesWhenTheServerIsBack() {
        RunCatalogue runs = new RunCatalogue();
        ServedPages before = new ServedPages(0, runs);
        before.newRun("kept").append(iteration(new TestRuns(), 0, 1));
        page.route("**/run-page.js", Route::abort);
        page.navigate(before.url() + "/runs/kept");
        assertThat(page.locator("#content [role=alert]")).containsText("cannot be loaded");
        assertThat(at("connection")).containsText("Live");
        before.close();
        assertThat(at("connection")).not().containsText("Live");
        page.unroute("**/run-page.js");
        try (ServedPages after = new ServedPages(before.port(), runs)) {
            assertThat(at("sentence")).isVisible();
            until("lastSeq", 0);
            assertThat(after.url()).isEqualTo(before.url());
            page.navigate("about:blank");
        }
    }

    @Test
    void aPageThatSleptCatchesUp() {
        RunLog log = server.newRun("slept");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 50; i++) {
            log.append(iteration(events, i, 100 - i));
        }
        page.navigate(server.url() + "/runs/slept");
        until("lastSeq", 49);
        CDPSession session = page.context().newCDPSession(page);
        lifecycle(session, "frozen");
        for (int i = 50; i < 300; i++) {
            log.append(iteration(events, i, 0.5));
        }
        lifecycle(session, "active");
        until("lastSeq", 299);
        assertThat(page.evaluate("window.escapement.stats().points.loss")).isEqualTo(300);
    }

    private static void lifecycle(CDPSession session, String state) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("state", state);
        session.send("Page.setWebLifecycleState", arguments);
    }

    @Test
    void aZoomShowsEveryIterationWhereTheStoreHasIt(@TempDir Path directory) throws IOException, InterruptedException {
        try (Escapement program = new Escapement("serve", "--store", directory.toString(), "--store-interval", "0.2")) {
            HttpClient http = HttpClient.newHttpClient();
            URI runs = URI.create(program.url() + "/api/v1/runs");
            String answer = post(http, runs, "{\"source\":\"external\",\"name\":\"long\"}");
            String id = answer.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
            for (int batch = 0; batch < 4; batch++) {
                int from = 4000 * batch;
                post(
                        http,
                        URI.create(runs + "/" + id + "/events"),
                        LongStream.range(from, from + 4000)
                                .mapToObj(i -> "{\"iteration\":" + i + ",\"loss\":"
                                        + (i == 9001 ? 1e6 : 1.0 + 1.0 / (i + 1)) + "}")
                                .collect(Collectors.joining("\n", "", "\n")));
                URI detail = URI.create(runs + "/" + id + "/series?from=" + from + "&to=" + (from + 100));
                await().atMost(PATIENCE).until(() -> get(http, detail).startsWith("{\"level\":0"));
            }
            page.navigate(program.url() + "/runs/" + id);
            until("level", 2);
            assertThat(at("chart-objective").locator(".resolution")).containsText("buckets, min–max shown");
            page.navigate(program.url() + "/runs/" + id + "?from=8900&to=9100");
            until("shownLevel", 0);
            assertThat(at("chart-objective").locator(".resolution")).containsText("every iteration");
            Object peak = page.evaluate("document.querySelector('run-page').run.series('loss').last.indexOf(1e6)");
            Object row = page.evaluate("document.querySelector('run-page').run.columns.rowAt(9001)");
            assertThat(peak).as("the row of the extreme").isEqualTo(row);
            page.navigate("about:blank");
        }
    }

    private static String post(HttpClient http, URI uri, String body) throws IOException, InterruptedException {
        String type = body.startsWith("{\"source") ? "application/json" : "application/x-ndjson";
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String get(HttpClient http, URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
