package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.escapement.experiment.record.HtmlReport;
import io.escapement.experiment.record.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

/** Results of the packaged program, on its pages and as a file, in a real browser. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class ExperimentsIT {

    private static final String CURVES = "sod-pmc";
    private static final String BARS = "leac-table1";

    @TempDir
    private static Path directory;

    private static Chromium chromium;
    private static Escapement curves;
    private static Escapement bars;

    private Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    @BeforeAll
    static void perform() throws IOException {
        chromium = new Chromium();
        curves = perform(CURVES, "1");
        bars = perform(BARS, "2");
        await("the results")
                .atMost(Duration.ofMinutes(3))
                .until(() -> Files.exists(report(CURVES)) && Files.exists(report(BARS)));
    }

    /** Performs an experiment and goes on serving its result. */
    private static Escapement perform(String id, String trials) throws IOException {
        return new Escapement(
                directory,
                "experiment",
                id,
                "--quick",
                "--trials",
                trials,
                "--serve",
                "--report",
                report(id).toString());
    }

    private static Path report(String id) {
        return directory.resolve(id + ".html");
    }

    @AfterAll
    static void close() throws IOException {
        for (AutoCloseable open : new AutoCloseable[] {curves, bars, chromium}) {
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }

    @BeforeEach
    void newPage() {
        page = chromium.newPage(1440, 1000);
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
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
        return page.locator("[data-testid=" + testId + "]");
    }

    private void open(Escapement server, String id) {
        page.navigate(server.url() + "/experiments/" + id);
        assertThat(at("result").first()).isVisible();
    }

    /** Every figure but a table holds a drawing, and says in words what it shows. */
    private void assertDrawn(int figures) {
        Locator plots = page.locator(".figure-plot");
        assertThat(plots).hasCount(figures);
        for (int i = 0; i < figures; i++) {
            assertThat(plots.nth(i).locator("svg path")).not().hasCount(0);
            assertThat(plots.nth(i)).hasAttribute("aria-label", Pattern.compile(".{20,}"));
        }
    }

    private long overflow() {
        Object pixels = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return ((Number) pixels).longValue();
    }

    @Test
    void theListLeadsToAResultWithItsFiguresBesideThePapers() {
        page.navigate(curves.url() + "/experiments");
        Locator row = page.locator("[data-experiment=" + CURVES + "]");
        assertThat(row).isVisible();
        row.locator("a").click();
        assertThat(page).hasURL(Pattern.compile(".*/experiments/" + CURVES));
        assertThat(at("result")).isVisible();
        assertDrawn(6);
        assertThat(at("comparison")).hasCount(6);
        assertThat(page.locator("[data-testid=comparison] [data-met=true]")).hasCount(6);
        assertThat(page.locator(".command-line code")).containsText("escapement experiment " + CURVES);
    }

    @Test
    void whatAViewerChoosesIsInTheAddress() {
        open(curves, CURVES);
        Locator loss = at("figure").first();
        loss.locator("button[aria-pressed]", new Locator.LocatorOptions().setHasText("log"))
                .click();
        loss.locator(".series-legend button").first().click();
        assertThat(page).hasURL(Pattern.compile(".*linear=0.*hide=0%3AGD$"));
        page.reload();
        assertThat(at("result")).isVisible();
        assertThat(loss.locator(".series-legend button").first()).hasAttribute("aria-pressed", "false");
        assertThat(loss.locator("button", new Locator.LocatorOptions().setHasText("log"))
                        .first())
                .hasAttribute("aria-pressed", "false");
    }

    @Test
    void figuresAreSavedAsPicturesAndNumbers() throws IOException {
        open(bars, BARS);
        Locator figure = at("figure").first();
        for (String kind : List.of("SVG", "PNG", "CSV")) {
            Download download = page.waitForDownload(
                    () -> figure.locator(".tools button", new Locator.LocatorOptions().setHasText(kind))
                            .click());
            byte[] file = Files.readAllBytes(download.path());
            switch (kind) {
                case "SVG" ->
                    assertThat(new String(file, java.nio.charset.StandardCharsets.UTF_8))
                            .startsWith("<svg")
                            .contains("Success rate", "[LEAC]");
                case "PNG" -> assertThat(file).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(2000);
                default ->
                    assertThat(new String(file, java.nio.charset.StandardCharsets.UTF_8))
                            .startsWith("solver,ours,");
            }
        }
        figure.locator("summary").click();
        assertThat(figure.locator("details tbody tr")).not().hasCount(0);
    }

    @Test
    void aCellOpensItsTrialsAndTheseTheirRuns() {
        open(bars, BARS);
        Locator cell = at("cell").first();
        cell.focus();
        page.keyboard().press("Enter");
        assertThat(at("trials")).isVisible();
        assertThat(cell).hasAttribute("aria-expanded", "true");
        assertThat(page).hasURL(Pattern.compile(".*cell=solver.*"));
        assertThat(at("trial")).hasCount(2);
        at("trial").first().locator("a").click();
        assertThat(page).hasURL(Pattern.compile(".*/runs/[0-9A-Z]{26}.*"));
        assertThat(at("sentence").first()).isVisible();
        page.goBack();
        assertThat(at("trial")).hasCount(2);
    }

    @Test
    void anExperimentIsStartedFromThePage() {
        page.navigate(bars.url() + "/experiments/leac-c2");
        assertThat(at("no-result")).isVisible();
        at("run-quick").click();
        assertThat(at("result")).isVisible();
        assertThat(at("comparison").first()).isVisible();
        assertThat(at("run-quick")).isVisible();
    }

    @Test
    void aNarrowPageIsUsable() {
        page.setViewportSize(360, 800);
        open(bars, BARS);
        assertThat(overflow()).as("horizontal overflow in pixels").isZero();
        open(curves, CURVES);
        assertDrawn(6);
        assertThat(overflow()).as("horizontal overflow in pixels").isZero();
        page.navigate(curves.url() + "/experiments");
        assertThat(at("experiment-row").first()).isVisible();
        assertThat(overflow()).as("horizontal overflow in pixels").isZero();
    }

    @Test
    void anExperimentWithoutAResultSaysHowToRunIt() {
        page.navigate(bars.url() + "/experiments/sod-success");
        assertThat(at("no-result")).containsText("escapement experiment sod-success --quick");
    }

    @Test
    void theReportNeedsNoServer() {
        page.navigate(report(CURVES).toUri().toString());
        assertThat(at("result")).isVisible();
        assertDrawn(6);
        assertThat(at("comparison")).hasCount(6);
        assertNothingLoaded();
    }

    @Test
    void aReportOfSeveralHasContents() throws IOException {
        List<String> results = new ArrayList<>();
        for (String id : List.of(CURVES, BARS)) {
            results.add(Files.readString(
                    ResultFiles.latest(directory.resolve("experiments").resolve(id), id)
                            .orElseThrow()));
        }
        Path all = Files.writeString(directory.resolve("all.html"), HtmlReport.html(results));
        page.navigate(all.toUri().toString());
        assertThat(at("result")).hasCount(2);
        page.locator("a[href='#" + BARS + "']").click();
        assertThat(page.locator("#" + BARS + " .figure-plot svg").first()).isVisible();
        page.setViewportSize(360, 800);
        assertThat(overflow()).as("horizontal overflow in pixels").isZero();
        assertNothingLoaded();
    }

    private void assertNothingLoaded() {
        assertThat(requests).allMatch(url -> url.startsWith("file:") && url.contains(".html"));
    }
}
