package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every page that is registered, with real runs: without serious findings of axe in either theme, without a scroll bar for the page at
 * 360 px, and without a request to anybody but the server. A new page is looked at as soon as it is in registry.js.
 */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class ScreensIT {

    /** Classes of findings that fail the test, as axe calls them. */
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private static Chromium chromium;
    private static Escapement server;

    /** Paths by the names of pages. */
    private static Map<String, String> paths;

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void open() throws IOException, InterruptedException {
        chromium = new Chromium();
        server = new Escapement("serve");
        String crowded = start("{\"problem\":\"pmc\",\"options\":{\"n\":20,\"escape\":\"auto\",\"max-escapes\":6}}");
        start("{\"problem\":\"gaussian\",\"options\":{\"n\":10,\"rank\":2}}");
        start("{\"problem\":\"pmc\",\"options\":{\"n\":30,\"pace\":5,\"step\":\"fixed:1e-4\",\"name\":\"goes on\"}}");
        String outside = start("{\"source\":\"external\",\"name\":\"stalled\",\"tags\":[\"night shift\"]}");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append("{\"loss\":0.25,\"hessianLambdaMin\":-0.1}\n");
        }
        post(
                "/api/v1/runs/" + outside + "/events",
                "application/x-ndjson",
                lines.append("{\"x\n").toString());
        await("the run with escapes")
                .atMost(Duration.ofMinutes(2))
                .until(() -> get("/api/v1/runs/" + crowded).contains("\"ended\":true"));
        try (Page page = chromium.newPage(800, 600)) {
            page.navigate(server.url() + "/health");
            paths = new LinkedHashMap<>(
                    (Map<String, String>) page.evaluate("""
                        ids => import('/js/pages/registry.js').then(({ PAGES }) => Object.fromEntries(
                          Object.entries(PAGES).map(([name, page]) => [name, page.path ?? page.sample(ids)])))\
                        """, Map.of("run", crowded, "experiment", "leac-table1")));
            // A comparison is of something, and the list of runs has a form and a search over it.
            paths.computeIfPresent("compare", (name, path) -> path + "?runs=" + crowded + "," + outside);
        }
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

    private static String start(String body) throws IOException, InterruptedException {
        return post("/api/v1/runs", "application/json", body).replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
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

    private static String get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Goes to a page and waits until it shows what it has. */
    private static void navigate(Page page, String name, String path) {
        page.navigate(server.url() + path);
        assertThat(page.locator("main.page")).hasCount(1);
        // What a page says while it waits for the server.
        assertThat(page.locator(".blank[role=status]")).hasCount(0);
        assertThat(page.locator("[data-testid=connection]")).containsText("Live");
        assertThat(page.title()).as("title of " + name).contains("Escapement");
    }

    private static String axe() throws IOException {
        try (InputStream in =
                ScreensIT.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Findings in what the page shows now, one line each. */
    @SuppressWarnings("unchecked")
    private static List<String> findings(Page page, String where) throws IOException {
        page.evaluate(axe());
        List<Map<String, Object>> violations = (List<Map<String, Object>>) page.evaluate("""
            () => axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => ({
              id: v.id, impact: v.impact, help: v.help,
              nodes: v.nodes.slice(0, 4).map(n => `${n.target.join(' ')} ${n.any.map(a => a.message).join('; ')}`).join(' | '),
            })))\
            """);
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> violation : violations) {
            if (SERIOUS.contains(violation.get("impact"))) {
                lines.add(where + ": " + violation.get("id") + " (" + violation.get("help") + ") at "
                        + violation.get("nodes"));
            }
        }
        return lines;
    }

    @Test
    void noPageKeepsAnybodyOut() throws IOException {
        assertThat(paths).containsKeys("runs", "run", "health", "experiments").hasSizeGreaterThan(4);
        List<String> findings = new ArrayList<>();
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Page page = chromium.newPage(1280, 900)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
                for (Map.Entry<String, String> entry : paths.entrySet()) {
                    navigate(page, entry.getKey(), entry.getValue());
                    findings.addAll(findings(page, entry.getKey() + ", " + theme));
                }
                navigate(page, "runs", "/runs?start=new");
                assertThat(page.locator("start-run .fields").first()).isVisible();
                findings.addAll(findings(page, "the form, " + theme));
                page.locator("start-run [aria-label=Close]").click();
                assertThat(page.locator("dialog.start")).isHidden();
                page.keyboard().press("/");
                page.keyboard().type("pmc");
                assertThat(page.locator("[data-testid=search-result]").first()).isVisible();
                findings.addAll(findings(page, "the search, " + theme));
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void everyPageFitsIntoThreeHundredAndSixtyPixels() {
        try (Page page = chromium.newPage(360, 740)) {
            for (Map.Entry<String, String> entry : paths.entrySet()) {
                navigate(page, entry.getKey(), entry.getValue());
                Object wide = page.evaluate("""
                    () => [...document.querySelectorAll('body *')]
                      .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'absolute')
                      .slice(0, 5).map(e => e.tagName + '.' + e.className).join(' ')\
                    """);
                assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                        .as("width of " + entry.getKey() + ", in which these reach out: " + wide)
                        .isLessThanOrEqualTo(360);
            }
            Locator menu = page.locator(".menu-button");
            menu.click();
            assertThat(page.locator("#pages a").first()).isVisible();
            page.locator("#pages a", new Page.LocatorOptions().setHasText("Health"))
                    .click();
            assertThat(page.locator("health-page")).isVisible();
            assertThat(page.locator("#pages")).isHidden();
        }
    }

    @Test
    void anAddressThatIsNoPageSaysSoWithTheWayToThoseThatAre() {
        try (Page page = chromium.newPage(1000, 700)) {
            assertThat(page.navigate(server.url() + "/no-such-page").status()).isEqualTo(404);
            assertThat(page.locator(".blank")).hasText(Pattern.compile("There is no such page\\.\\s+All runs"));
            assertThat(page.locator("nav a[href='/escapes']")).isVisible();
        }
    }

    @Test
    void ofARunOfAnotherProgramOnlyWhatItTellsIsShown() {
        try (Page page = chromium.newPage(1440, 900)) {
            String path = paths.get("compare").replaceAll(".*,", "/runs/");
            navigate(page, "run", path);
            assertThat(page.locator(".run-facts dt").filter(new Locator.FilterOptions().setHasText("Loss")))
                    .isVisible();
            assertThat(page.locator(".run-facts dt").filter(new Locator.FilterOptions().setHasText("Seed")))
                    .hasCount(0);
            assertThat(page.locator(".run-facts .command")).hasCount(0);
            Locator step = page.locator("chart-panel:has(#panel-step)");
            step.scrollIntoViewIfNeeded();
            assertThat(step).hasAttribute("data-none", "");
            assertThat(step.locator(".nothing")).hasText("the solver reports no step size");
            double objective = page.locator("#panel-objective .plot").boundingBox().height;
            assertThat(step.locator(".plot").boundingBox().height).isLessThan(objective / 2);
        }
    }

    @Test
    void nothingIsAskedOfAnybodyButTheServer() {
        ConcurrentLinkedQueue<String> outside = new ConcurrentLinkedQueue<>();
        try (Page page = chromium.newPage(1280, 900)) {
            page.onRequest(request -> {
                String url = request.url();
                if (!url.startsWith(server.url()) && !url.startsWith("data:") && !url.startsWith("blob:")) {
                    outside.add(url);
                }
            });
            for (Map.Entry<String, String> entry : paths.entrySet()) {
                navigate(page, entry.getKey(), entry.getValue());
            }
        }
        assertThat(outside).isEmpty();
    }

    @Test
    void onePanelStandsAloneWhereTheAddressSaysSo() {
        try (Page page = chromium.newPage(640, 420)) {
            page.navigate(server.url() + paths.get("run") + "?embed=1&panel=objective");
            Locator panel = page.locator("chart-panel[data-embedded]");
            assertThat(panel).isVisible();
            assertThat(page.locator("chart-panel").nth(1)).isHidden();
            assertThat(page.locator("header.top")).hasCount(0);
            assertThat(page.locator("run-header")).isHidden();
            page.navigate(server.url() + "/runs?embed=1&panel=tiles");
            assertThat(page.locator(".tiles")).isVisible();
            assertThat(page.locator(".table-wrap")).isHidden();
            page.navigate(server.url() + "/health?embed=1&panel=nonsense");
            assertThat(page.locator(".no-panel")).isVisible();
        }
    }

    /** Prints and asserts no time: how fast it is depends on who else uses the machine. */
    @Test
    void theFirstPaintIsMeasured() {
        try (Page page = chromium.newPage(1280, 900)) {
            for (String name : List.of("runs", "run", "health")) {
                for (String state : List.of("first visit", "again")) {
                    navigate(page, name, paths.get(name));
                    Object paint = page.evaluate("""
                        () => new Promise(told => new PerformanceObserver(list => {
                          for (const entry of list.getEntriesByName('first-contentful-paint')) told(Math.round(entry.startTime));
                        }).observe({ type: 'paint', buffered: true }))\
                        """);
                    System.out.printf("screens: first paint of %s (%s) after %s ms%n", name, state, paint);
                    assertThat(((Number) paint).intValue()).isPositive();
                }
            }
        }
    }
}
