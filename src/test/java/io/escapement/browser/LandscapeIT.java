package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The landscape page in a real browser, with real runs. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class LandscapeIT {

    private static final Map<String, String> DEMO =
            Map.of("n", "3", "rho", "0.3", "init-scale", "2", "seed", "9", "step", "fixed:0.03", "name", "demo");

    private static Chromium chromium;
    private static Escapement server;
    private static String demo;

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
        page = chromium.newPage(1280, 860);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        if (demo == null) {
            demo = start(DEMO);
            await().pollInSameThread()
                    .atMost(Duration.ofMillis(Chromium.PATIENCE))
                    .until(() -> page.evaluate(
                                    "id => fetch('/api/v1/runs/' + id).then(r => r.json()).then(r => r.status.ended)",
                                    demo)
                            .equals(true));
        }
    }

    @AfterEach
    void closePage() {
        page.close();
        assertThat(complaints).as("errors on the page's console").isEmpty();
    }

    private String start(Map<String, String> options) {
        page.navigate(server.url() + "/runs");
        return (String) page.evaluate("""
                async options => {
                  const answer = await fetch('/api/v1/runs', {
                    method: 'POST', headers: {'Content-Type': 'application/json'},
                    body: JSON.stringify({problem: 'pmc', options})
                  });
                  if (answer.status !== 201) throw new Error(await answer.text());
                  return (await answer.json()).id;
                }\
                """, options);
    }

    private Locator at(String testId) {
        return page.locator("[data-testid=" + testId + "]").first();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> stats() {
        return (Map<String, Object>) page.evaluate("window.escapement?.stats() ?? {}");
    }

    private void waitFor(Predicate<Map<String, Object>> what) {
        await().pollInSameThread().atMost(Duration.ofMillis(Chromium.PATIENCE)).until(() -> what.test(stats()));
    }

    private void openLandscape(String id, String query) {
        page.navigate(server.url() + "/runs/" + id + "/landscape" + query);
        waitFor(stats -> stats.get("basis") != null && Boolean.FALSE.equals(stats.get("busy")));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private Locator mark(String kind, String more) {
        return page.locator("[data-testid=landscape-mark][data-kind=" + kind + "]" + more)
                .first();
    }

    @Test
    void theDemosTrapJumpAndTruthAreOnItsPlane() {
        openLandscape(demo, "");
        assertThat(stats().get("basis")).isEqualTo("native:1,3");
        assertThat(stats().get("method")).isEqualTo("squares");
        assertThat(at("landscape-map")).hasAttribute("aria-label", Pattern.compile("spurious minimum.*jumped once"));
        assertThat(mark("start", "")).isVisible();
        assertThat(mark("judged", "[data-verdict=spurious-minimum]")).isVisible();
        assertThat(mark("landing", "")).isVisible();
        assertThat(mark("judged", "[data-verdict=global-minimum]")).isVisible();
        assertThat(mark("truth", "")).isVisible();
        assertThat(at("explained-first")).hasText(Pattern.compile("\\d+\\.\\d %"));
        mark("judged", "[data-verdict=spurious-minimum]").click();
        assertThat(at("path-loss")).hasText("0.3303");
        assertThat(at("plane-loss")).hasText("0.3303");
        assertThat(page).hasURL(Pattern.compile("at=1\\d\\d"));
        at("landscape-map").hover();
        assertThat(at("landscape-probe")).containsText("h");
        // Something is drawn: the picture has the dark of its minima and the bright of its walls.
        await().pollInSameThread()
                .atMost(Duration.ofMillis(Chromium.PATIENCE))
                .until(() -> number(page.evaluate("""
                    () => {
                      const canvas = document.querySelector('[data-testid=landscape-map]');
                      const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                      let low = 255, high = 0;
                      for (let i = 0; i < data.length; i += 4) {
                        if (data[i + 3] < 255) continue;
                        low = Math.min(low, data[i + 1]);
                        high = Math.max(high, data[i + 1]);
                      }
                      return high - low;
                    }\
                    """)) > 180);
    }

    @Test
    void theRunsPageHasItInSmallWhereItIsSeen() {
        page.navigate(server.url() + "/runs/" + demo + "?at=135");
        Locator stamp = at("landscape-thumb");
        stamp.scrollIntoViewIfNeeded();
        assertThat(stamp).hasAttribute("data-drawn", "true");
        assertThat(stamp.locator("canvas"))
                .hasAttribute("aria-label", Pattern.compile("spurious minimum.*jumped once"));
        assertThat(stamp.locator(".here")).isVisible();
        stamp.locator(".stamp").click();
        assertThat(page).hasURL(Pattern.compile("/landscape\\?at=135"));
        waitFor(stats -> stats.get("basis") != null);
        assertThat(at("path-loss")).hasText("0.3303");
    }

    @Test
    void theStampRestsWhileItsTabIsHidden() {
        page.addInitScript("Object.defineProperty(document, 'hidden', {get: () => window.away !== false})");
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/landscape?")) {
                asked.add(request.url());
            }
        });
        page.navigate(server.url() + "/runs/" + demo);
        at("landscape-thumb").scrollIntoViewIfNeeded();
        page.waitForTimeout(1500);
        assertThat(asked).as("asked for while hidden").isEmpty();
        page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(at("landscape-thumb")).hasAttribute("data-drawn", "true");
        assertThat(asked).isNotEmpty();
    }

    @Test
    void onATelephoneTheWholeWidthOfTheSurfaceIsSeen() {
        page.setViewportSize(360, 780);
        openLandscape(demo, "?mode=3d");
        assertThat(at("landscape-surface")).isVisible();
        page.waitForTimeout(1000);
        // Its left and right edges keep clear of those of the view: there is nothing but ground.
        Object drawn = page.evaluate("""
                async () => {
                  const canvas = document.querySelector('[data-testid=landscape-surface]');
                  const url = document.querySelector('landscape-surface').png();
                  const image = new Image();
                  image.src = url;
                  await image.decode();
                  const copy = new OffscreenCanvas(canvas.width, canvas.height);
                  const context = copy.getContext('2d');
                  context.drawImage(image, 0, 0);
                  const opaque = x => {
                    const {data} = context.getImageData(x, 0, 1, copy.height);
                    let n = 0;
                    for (let i = 3; i < data.length; i += 4) n += data[i] > 0 ? 1 : 0;
                    return n;
                  };
                  return [opaque(1), opaque(Math.floor(copy.width / 2)), opaque(copy.width - 2)];
                }""");
        List<?> columns = (List<?>) drawn;
        assertThat(number(columns.get(0))).as("drawn at the left edge").isZero();
        assertThat(number(columns.get(1))).as("drawn in the middle").isGreaterThan(20);
        assertThat(number(columns.get(2))).as("drawn at the right edge").isZero();
    }

    @Test
    void aPlaneIsChosenAndKeptInTheAddress() {
        openLandscape(demo, "");
        at("landscape-basis").selectOption("escape:1");
        waitFor(stats -> "escape:1".equals(stats.get("basis")));
        assertThat(page).hasURL(Pattern.compile("basis=escape(%3A|:)1"));
        page.reload();
        waitFor(stats -> "escape:1".equals(stats.get("basis")));
        page.navigate(server.url() + "/runs/" + demo + "/landscape?basis=nonsense");
        assertThat(at("landscape-refused")).containsText("would be valid");
    }

    @Test
    void movingAboutFreezesThePlaneAndResettingGivesItBack() {
        openLandscape(demo, "");
        at("landscape-map").focus();
        page.keyboard().press("+");
        assertThat(page).hasURL(Pattern.compile("version=\\d+.*window="));
        String zoomed = page.url();
        page.keyboard().press("ArrowRight");
        // The address follows a moment later.
        assertThat(page).not().hasURL(zoomed);
        List<?> window = (List<?>) stats().get("window");
        page.reload();
        waitFor(stats -> stats.get("basis") != null);
        List<?> again = (List<?>) stats().get("window");
        for (int i = 0; i < 4; i++) {
            assertThat(((Number) again.get(i)).doubleValue())
                    .isCloseTo(((Number) window.get(i)).doubleValue(), within(1e-3));
        }
        page.locator("body").click(new Locator.ClickOptions().setPosition(2, 2));
        page.keyboard().press("z");
        assertThat(page).not().hasURL(Pattern.compile("window="));
    }

    @Test
    void aDeepLinkOpensTheSurfaceAtAnIterationAndAKeyLeavesIt() {
        openLandscape(demo, "?mode=3d&at=135");
        assertThat(at("landscape-surface")).isVisible();
        assertThat(at("path-loss")).hasText("0.3303");
        page.keyboard().press("d");
        assertThat(at("landscape-map")).isVisible();
        page.keyboard().press(".");
        assertThat(page).hasURL(Pattern.compile("at=136"));
    }

    @Test
    void theReplayRunsAlongThePath() {
        openLandscape(demo, "?speed=64&at=0");
        at("landscape-play").click();
        await().pollInSameThread()
                .atMost(Duration.ofMillis(Chromium.PATIENCE))
                .until(() -> Integer.parseInt(at("landscape-scrub").inputValue()) > 100);
    }

    @Test
    void aLiveRunsPathGrowsOnThePlaneThereIs() {
        String id = start(Map.of("n", "20", "rho", "0.1", "pace", "25", "step", "fixed:1e-3", "name", "live"));
        page.navigate(server.url() + "/runs/" + id + "/landscape?basis=pca");
        waitFor(stats ->
                stats.get("points") != null && number(stats.get("points")) > 3 && stats.get("version") != null);
        assertThat(stats().get("live")).isEqualTo(true);
        Map<String, Object> before = stats();
        waitFor(stats -> number(stats.get("points")) > number(before.get("points")) + 20);
        assertThat(stats().get("version")).as("the plane has stayed").isEqualTo(before.get("version"));
        at("landscape-refit").click();
        waitFor(stats -> number(stats.get("version")) > number(before.get("version")));
        page.evaluate(
                "id => fetch('/api/v1/runs/' + id + '/commands', {method: 'POST', headers: {'Content-Type':"
                        + " 'application/json'}, body: JSON.stringify({command: 'stop'})}).then(r => r.status)",
                id);
        waitFor(stats -> Boolean.FALSE.equals(stats.get("live")));
    }

    @Test
    void thePictureIsSavedAsSvg() throws IOException {
        openLandscape(demo, "");
        Download download = page.waitForDownload(() -> at("landscape-svg").click());
        String svg = Files.readString(download.path());
        assertThat(svg).startsWith("<svg ").contains("<image ", "<polyline ", "spurious minimum");
    }

    @Test
    void aloneInAFrameThePictureFillsIt() {
        page.setViewportSize(640, 400);
        openLandscape(demo, "?embed=1&panel=landscape");
        assertThat(at("landscape-map")).isVisible();
        assertThat(at("landscape-play")).isVisible();
        assertThat(at("landscape-basis")).isHidden();
        assertThat(at("landscape-map").boundingBox().height).isGreaterThan(300);
        Object beyond = page.evaluate("document.documentElement.scrollHeight - innerHeight");
        assertThat(number(beyond)).as("vertical overflow in pixels").isZero();
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/landscape?basis=nonsense")) {
                asked.add(request.url());
            }
        });
        page.navigate(server.url() + "/runs/" + demo + "/landscape?embed=1&panel=landscape&basis=nonsense");
        assertThat(at("landscape-refused")).isVisible();
        page.waitForTimeout(700);
        assertThat(asked)
                .as("what was refused is not asked for again and again")
                .hasSizeLessThan(3);
    }

    @Test
    void aNarrowPageIsUsable() {
        page.setViewportSize(360, 780);
        openLandscape(demo, "");
        page.waitForLoadState(LoadState.LOAD);
        assertThat(at("landscape-map")).isVisible();
        Object overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(number(overflow)).as("horizontal overflow in pixels").isZero();
    }
}
