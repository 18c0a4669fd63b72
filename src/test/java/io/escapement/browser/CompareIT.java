package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** Runs of the packaged program over each other, in a real browser. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class CompareIT {

    private static final int SEEDS = 5;
    private static final List<String> SOLVERS = List.of("gd", "lbfgs");

    private static Chromium chromium;
    private static Escapement server;
    private static final List<String> RUNS = new ArrayList<>();

    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        chromium = new Chromium();
        server = new Escapement("serve", "--store", "none");
        Page page = chromium.newPage(400, 300);
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (String solver : SOLVERS) {
                RUNS.add(start(page, "\"rho\":0.1,\"seed\":" + seed + ",\"solver\":\"" + solver + "\""));
            }
        }
        await("all runs have ended")
                .pollInSameThread()
                .atMost(Duration.ofMillis(Chromium.PATIENCE))
                .until(() ->
                        page.request().get(server.url() + "/api/v1/runs").text().split("\"ended\":true", -1).length - 1
                                == RUNS.size());
        page.close();
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
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void closePage() {
        page.close();
        assertThat(complaints).as("errors on the page's console").isEmpty();
    }

    /** Starts a run of pmc and returns its id. */
    private static String start(Page page, String options) {
        return start(page, "pmc", "\"n\":12," + options);
    }

    private static String start(Page page, String problem, String options) {
        APIResponse response = page.request()
                .post(
                        server.url() + "/api/v1/runs",
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setData("{\"problem\":\"" + problem + "\",\"options\":{" + options + "}}"));
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        return response.text().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    private Locator at(String testId) {
        return page.locator("[data-testid=" + testId + "]");
    }

    /** Rows that the first chart has drawn of a run, −1 before it has drawn it at all. */
    private long rows(int run) {
        List<?> curves = drawn("curves");
        return run < curves.size() ? number(curves.get(run)) : -1;
    }

    private void compare(String query, int runs) {
        page.navigate(server.url() + "/compare?" + query);
        assertThat(page.locator("[data-testid=compare-run][data-ready=true]")).hasCount(runs);
        assertThat(at("compare-objective")).hasAttribute("data-badge", Pattern.compile(".+"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> stats() {
        return (Map<String, Object>) page.evaluate("window.escapement.stats()");
    }

    private List<?> drawn(String what) {
        return (List<?>) stats().get(what);
    }

    private void until(String what, java.util.concurrent.Callable<Boolean> holds) {
        await(what)
                .pollInSameThread()
                .atMost(Duration.ofMillis(Chromium.PATIENCE))
                .until(holds);
    }

    private static String all() {
        return "runs=" + String.join(",", RUNS);
    }

    @Test
    void runsLieOverEachOtherAndDifferInWhatIsSet() {
        compare(all(), RUNS.size());
        until("every run is drawn", () -> drawn("curves").size() == RUNS.size());
        Locator table = at("compare-table");
        assertThat(table.locator("thead .setting")).hasText(new String[] {"solver", "seed"});
        assertThat(table.locator("tbody tr")).hasCount(RUNS.size());
        page.locator("[data-run='" + RUNS.get(0) + "'] .star").click();
        assertThat(table.locator("tr[data-baseline=true]")).hasAttribute("data-run", RUNS.get(0));
        assertThat(table.locator(".delta[data-word=better], .delta[data-word=worse]")
                        .first())
                .isVisible();
        assertThat(page).hasURL(Pattern.compile(".*&base=" + RUNS.get(0) + ".*"));
    }

    @Test
    void groupsShowMedianQuartilesAndHowMany() {
        compare(all() + "&group=solver", RUNS.size());
        until("both groups are drawn", () -> drawn("spreads").toString().contains("lbfgs, " + SEEDS));
        assertThat(at("compare-groups").locator("li")).hasCount(SOLVERS.size());
        assertThat(at("compare-hitting").locator(".nothing")).hasCount(0);
        assertThat(at("compare-profile").locator(".resolution")).containsText(SEEDS + " instances");
        Locator target = at("target-value");
        target.fill("1e-30");
        target.press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*target=distance%3A1e-30.*"));
        assertThat(at("compare-profile").locator(".nothing")).containsText("no solved instance in common");
    }

    @Test
    void theAddressHoldsWhatIsChosenAndGivesItBack() {
        compare(all(), RUNS.size());
        at("align").selectOption("oracle");
        at("group").selectOption("seed");
        page.locator("[data-run='" + RUNS.get(1) + "'] .swatch").click();
        page.keyboard().press("l");
        assertThat(page)
                .hasURL(Pattern.compile(
                        ".*x=oracle&group=seed&hide=" + RUNS.get(1) + "&linear=objective%2Cgradient.*"));
        page.reload();
        assertThat(at("align")).hasValue("oracle");
        assertThat(at("group")).hasValue("seed");
        assertThat(page.locator("[data-testid=compare-run][data-hidden=true]")).hasAttribute("data-run", RUNS.get(1));
    }

    @Test
    void everyAlignmentDrawsEveryRunThatHasAPlaceOnIt() {
        for (String align : List.of("relative", "elapsed", "oracle", "escape")) {
            compare(all() + "&x=" + align, RUNS.size());
            until("drawn by " + align, () -> drawn("curves").size() == RUNS.size() - unplaced());
        }
    }

    @Test
    void trialsOfEscapesAreFoldedUntilTheyAreAskedFor() {
        String run = start(page, "gaussian", "\"n\":30,\"m\":40,\"seed\":4,\"escape\":\"auto\"");
        compare("runs=" + run, 1);
        until("the run has ended and its trials are counted", () -> number(stats().get("trials")) == 7);
        until("the path is drawn", () -> rows(0) > 50);
        long folded = rows(0);
        page.keyboard().press("t");
        until("the trials are drawn too", () -> rows(0) > folded);
        assertThat(at("trials")).isChecked();
        assertThat(page).hasURL(Pattern.compile(".*&trials=1$"));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private long unplaced() {
        return at("unplaced").allTextContents().stream()
                .mapToLong(names -> names.split(";", -1).length)
                .sum();
    }

    @Test
    void aDragZoomsAndZShowsAllAgain() {
        compare(all(), RUNS.size());
        Locator plot = at("compare-objective").locator(".plot");
        var box = plot.boundingBox();
        // Hovering waits until the plot has come to rest where it is.
        plot.hover(new Locator.HoverOptions().setPosition(box.width * 0.4, 50));
        page.mouse().down();
        plot.hover(new Locator.HoverOptions().setPosition(box.width * 0.6, 60));
        page.mouse().up();
        assertThat(page).hasURL(Pattern.compile(".*from=.*to=.*"));
        page.keyboard().press("z");
        assertThat(page).not().hasURL(Pattern.compile(".*from=.*"));
        plot.focus();
        page.keyboard().press("ArrowRight");
        assertThat(plot.locator(".cursor")).isVisible();
        page.keyboard().press("Space");
        assertThat(at("pause")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void runsAreFoundAddedAndTakenAway() {
        compare("runs=" + RUNS.get(0), 1);
        page.keyboard().press("f");
        page.keyboard().type("lbfgs");
        at("add-run").first().click();
        assertThat(page.locator("[data-testid=compare-run][data-ready=true]")).hasCount(2);
        assertThat(page).hasURL(Pattern.compile(".*runs=" + RUNS.get(0) + "%2C.*"));
        page.locator("[data-run='" + RUNS.get(0) + "'] [title=Remove]").click();
        assertThat(at("compare-run")).hasCount(1);
    }

    @Test
    void aSelectionTakesTheNewestThatMatch() {
        compare("problem=pmc&q=lbfgs", SEEDS);
        page.navigate(server.url() + "/compare?tag=nobody-has-this");
        assertThat(page.locator("[role=alert]")).containsText("No run matches tag=nobody-has-this");
    }

    @Test
    void liveRunsGoOnOnThePage() {
        String live = post("runs", "application/json", "{\"source\":\"external\",\"name\":\"of another program\"}")
                .replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        String events = "runs/" + live + "/events";
        post(events, "application/x-ndjson", "{\"loss\":4}\n{\"loss\":2}\n");
        compare("runs=" + live + "," + RUNS.get(0), 2);
        until("what there is", () -> rows(0) == 2);
        post(events, "application/x-ndjson", "{\"loss\":1}\n{\"loss\":\"NaN\"}\n{\"loss\":0.5}\n");
        until("what came since", () -> rows(0) == 5);
        assertThat(at("compare-objective").locator(".panel-foot")).containsText("1 not finite: of another program");
        page.keyboard().press("Space");
        long before = seqOf(0);
        post(events, "application/x-ndjson", "{\"loss\":0.25}\n");
        until("it has arrived", () -> seqOf(0) > before);
        assertThat(rows(0)).as("rows drawn while held").isEqualTo(5);
        page.keyboard().press("Space");
        until("it is drawn", () -> rows(0) == 6);
    }

    private String post(String path, String type, String body) {
        APIResponse response = page.request()
                .post(
                        server.url() + "/api/v1/" + path,
                        RequestOptions.create().setHeader("Content-Type", type).setData(body));
        assertThat(response.ok()).as(response.text()).isTrue();
        return response.text();
    }

    private long seqOf(int run) {
        return ((Number) drawn("seqs").get(run)).longValue();
    }

    @Test
    void everyPanelIsSavedAsFiguresAndPictures() throws IOException {
        compare(all(), RUNS.size());
        until("every run is drawn", () -> drawn("curves").size() == RUNS.size());
        for (String panel : List.of("objective", "curvature", "hitting")) {
            Locator of = at("compare-" + panel);
            of.hover();
            for (String kind : List.of("CSV", "SVG", "PNG")) {
                Download download = page.waitForDownload(
                        () -> of.locator(".tools button", new Locator.LocatorOptions().setHasText(kind))
                                .click());
                byte[] file = Files.readAllBytes(download.path());
                switch (kind) {
                    case "PNG" ->
                        assertThat(file).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(1000);
                    case "SVG" ->
                        assertThat(new String(file, StandardCharsets.UTF_8))
                                .startsWith("<svg")
                                .contains("<path");
                    default ->
                        assertThat(new String(file, StandardCharsets.UTF_8).lines())
                                .hasSizeGreaterThan(5);
                }
            }
        }
    }

    @Test
    void aNarrowPageIsUsable() {
        page.setViewportSize(360, 800);
        compare(all(), RUNS.size());
        Object pixels = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) pixels).longValue())
                .as("horizontal overflow in pixels")
                .isZero();
    }
}
