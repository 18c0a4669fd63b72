package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages that look at all runs, escapes and problems, with real runs in a real browser. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class AcrossRunsIT {

    private static final int STUCK = 3;

    private static Chromium chromium;
    private static Escapement server;

    /** Episodes of the runs, as the server tells them, and how many of them ended with an escape. */
    private static int stays;

    private static int left;

    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        chromium = new Chromium();
        server = new Escapement("serve", "--store", "none");
        Page page = chromium.newPage(400, 300);
        for (int seed = 1; seed < STUCK; seed++) {
            start(page, "\"rho\":0.1,\"seed\":" + seed);
        }
        start(page, "\"rho\":0.1,\"escape\":\"none\"");
        await("all runs have ended")
                .pollInSameThread()
                .atMost(Duration.ofMillis(Chromium.PATIENCE))
                .until(() -> counted(page, "/api/v1/runs", "\"ended\":true") == STUCK);
        stays = counted(page, "/api/v1/episodes", "\"outcome\":");
        left = counted(page, "/api/v1/episodes", "\"outcome\":\"escaped\"");
        assertThat(left).as("escapes of the runs that this looks at").isPositive();
        assertThat(stays).as("stays of the runs that this looks at").isGreaterThan(left);
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

    private static void start(Page page, String options) {
        APIResponse response = page.request()
                .post(
                        server.url() + "/api/v1/runs",
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setData("{\"problem\":\"pmc\",\"options\":{\"n\":12," + options + "}}"));
        assertThat(response.status()).as(response.text()).isEqualTo(201);
    }

    /** How often an answer of the server's has these words. */
    private static int counted(Page page, String path, String words) {
        return page.request().get(server.url() + path).text().split(Pattern.quote(words), -1).length - 1;
    }

    private Locator at(String testId) {
        return page.locator("[data-testid=" + testId + "]");
    }

    private Locator bars(String outcome) {
        return page.locator("[data-testid=episode-bar]" + (outcome.isEmpty() ? "" : "[data-outcome=" + outcome + "]"));
    }

    private void escapes(String query) {
        page.navigate(server.url() + "/escapes" + query);
        assertThat(at("lanes")).isVisible();
    }

    private void assertFits() {
        Object pixels = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) pixels).longValue())
                .as("horizontal overflow in pixels")
                .isZero();
    }

    @Test
    void everyStayIsALaneABarAndARow() {
        escapes("?q=pmc");
        assertThat(bars("")).hasCount(stays);
        assertThat(bars("escaped")).hasCount(left);
        assertThat(at("episode-row")).hasCount(stays);
        assertThat(at("rule")).containsText("500 iterations");
        assertThat(at("histogram-iterations").locator("svg rect")).not().hasCount(0);
    }

    @Test
    void aBarOpensItsDrawerFromTheKeyboardAndTheAddressKeepsIt() {
        escapes("?q=pmc&outcome=escaped");
        assertThat(bars("escaped")).not().hasCount(0);
        bars("escaped").first().focus();
        page.keyboard().press("Enter");
        assertThat(at("drawer")).isVisible();
        assertThat(at("plane-link")).hasAttribute("href", Pattern.compile("/runs/.*/landscape\\?basis=escape:1"));
        assertThat(at("compare-objective")).hasAttribute("data-badge", Pattern.compile(".*(iteration|buckets).*"));
        Locator stamp = at("plane-stamp");
        stamp.scrollIntoViewIfNeeded();
        assertThat(stamp.locator("canvas"))
                .hasAttribute("aria-label", Pattern.compile("Contours of the loss on a plane: escape.*"));
        assertThat(stamp.locator(".here")).isVisible();
        assertThat(stamp).hasAttribute("href", Pattern.compile(".*landscape\\?basis=escape:1&at=\\d+"));
        assertThat(page).hasURL(Pattern.compile(".*outcome=escaped&open=.*"));
        page.reload();
        assertThat(at("drawer")).isVisible();
        page.keyboard().press("Escape");
        assertThat(at("drawer")).hasCount(0);
    }

    @Test
    void theLanesAreZoomedByDraggingAndTheAddressKeepsIt() {
        escapes("?x=elapsed&q=pmc");
        assertThat(bars("")).hasCount(stays);
        BoundingBox box = at("lanes").boundingBox();
        // Hovering waits until the lanes have come to rest where they are.
        at("lanes").hover(new Locator.HoverOptions().setPosition(0.6 * box.width, 10));
        page.mouse().down();
        at("lanes").hover(new Locator.HoverOptions().setPosition(0.7 * box.width, 10));
        at("lanes").hover(new Locator.HoverOptions().setPosition(0.8 * box.width, 10));
        page.mouse().up();
        assertThat(page).hasURL(Pattern.compile(".*from=[0-9.e-]+&to=[0-9.e-]+.*"));
        assertThat(at("drawer")).hasCount(0);
        page.reload();
        assertThat(at("whole")).isEnabled();
        at("whole").click();
        assertThat(page).not().hasURL(Pattern.compile(".*from=.*"));
        assertThat(bars("")).hasCount(stays);
    }

    @Test
    void theTableIsSortedAndSaved() throws IOException {
        escapes("?sort=iterations&down=1");
        assertThat(page.locator("th[aria-sort=descending]")).containsText("iterations to leave");
        // Of a point that was not left it is not known what leaving it takes.
        assertThat(at("episode-row").last()).hasAttribute("data-outcome", Pattern.compile("stayed|open"));
        Download download = page.waitForDownload(
                () -> at("episode-table").locator(".tools button").click());
        List<String> lines = Files.readAllLines(download.path());
        assertThat(lines.get(0)).startsWith("run id,problem,solver,seed,Run,at iteration");
        assertThat(lines).hasSizeGreaterThan(stays);
    }

    @Test
    void aStayThatBeginsWhileOneLooksIsShownAndItsEndToo() {
        escapes("?q=program");
        String live = post("runs", "application/json", "{\"source\":\"external\",\"name\":\"another program\"}")
                .replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        String events = "runs/" + live + "/events";
        String escape = "{\"kind\":\"escape\",\"mechanism\":\"restart\",\"outcome\":\"";
        post(events, "application/x-ndjson", "{\"loss\":4}\n" + escape + "proposed\"}\n{\"loss\":5}\n");
        // The list of runs does not tell that something was proposed; the next look does.
        page.reload();
        assertThat(bars("open")).hasCount(1);
        post(events, "application/x-ndjson", escape + "accepted\"}\n{\"loss\":1}\n");
        assertThat(bars("escaped")).hasCount(1);
    }

    private String post(String path, String type, String body) {
        APIResponse response = page.request()
                .post(
                        server.url() + "/api/v1/" + path,
                        RequestOptions.create().setHeader("Content-Type", type).setData(body));
        assertThat(response.ok()).as(response.text()).isTrue();
        return response.text();
    }

    @Test
    void problemsTellWhatIsKnownOfThemAndLeadToARun() {
        page.navigate(server.url() + "/problems?q=perturbed");
        Locator pmc = page.locator("[data-problem=pmc]");
        assertThat(pmc).hasAttribute("data-known", "true");
        assertThat(pmc).containsText("strict saddle of index 6");
        assertThat(pmc).containsText("[LEAC] eq. 17–18");
        assertThat(pmc.locator("[data-testid=outcomes]")).containsText("ended runs certified");
        assertThat(pmc.locator(".recent li")).hasCount(STUCK);
        pmc.locator("summary").click();
        assertThat(page).hasURL(Pattern.compile(".*options=pmc.*"));
        assertThat(pmc.locator("table.options")).containsText("weight of the unobserved entries");
        assertThat(pmc.locator("[data-testid=start]")).hasAttribute("href", "/runs?start=pmc");
    }

    @Test
    void narrowPagesAreUsable() {
        page.setViewportSize(360, 800);
        escapes("");
        assertFits();
        page.navigate(server.url() + "/problems?q=nonnegative");
        assertThat(page.locator("[data-known=true]")).hasCount(1);
        assertFits();
    }
}
