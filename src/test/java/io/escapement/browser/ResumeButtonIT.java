package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process was killed, on the page of the next process: lost, with a button that goes on from its checkpoint. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class ResumeButtonIT {

    @TempDir
    private Path directory;

    private Escapement serve() throws IOException {
        return new Escapement("serve", "--store", directory.toString(), "--store-interval", "0.1");
    }

    private static JsonNode status(Page page, Escapement server, String run) throws IOException {
        String text = page.request().get(server.url() + "/api/v1/runs/" + run).text();
        return new ObjectMapper().readTree(text).path("status");
    }

    /** A slow run, killed some iterations after a checkpoint. */
    private String killed(Page page) throws IOException, InterruptedException {
        try (Escapement server = serve()) {
            APIResponse started = page.request()
                    .post(
                            server.url() + "/api/v1/runs",
                            RequestOptions.create()
                                    .setHeader("Content-Type", "application/json")
                                    .setData(
                                            "{\"problem\":\"pmc\",\"options\":{\"n\":20,\"rho\":0.1,\"escape\":\"none\","
                                                    + "\"step\":\"fixed:0.0005\",\"pace\":75,\"checkpoint-every\":0.2}}"));
            assertThat(started.status()).as(started.text()).isEqualTo(201);
            String run = started.text().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
            AtomicLong before = new AtomicLong();
            // One is told of before it is written, and the next only when it is.
            await("iterations beyond a checkpoint that is stored")
                    .pollInSameThread()
                    .atMost(Duration.ofMillis(Chromium.PATIENCE))
                    .until(() -> {
                        JsonNode status = status(page, server, run);
                        long kept = status.path("checkpoint").path("iteration").asLong();
                        before.compareAndSet(0, kept > 20 ? kept : 0);
                        return before.get() > 0
                                && kept > before.get()
                                && status.path("iteration").asLong() > kept;
                    });
            server.kill();
            return run;
        }
    }

    @Test
    void aLostRunGoesOnFromItsCheckpoint() throws IOException, InterruptedException {
        try (Chromium chromium = new Chromium();
                Page page = chromium.newPage(1440, 900)) {
            String run = killed(page);
            try (Escapement server = serve()) {
                page.navigate(server.url() + "/runs/" + run);
                Locator state = page.locator("[data-testid=state]");
                assertThat(state).hasAttribute("data-state", "lost");
                Locator resume = page.locator("[data-testid=btn-resume]");
                long kept = status(page, server, run)
                        .path("checkpoint")
                        .path("iteration")
                        .asLong();
                assertThat(resume).hasText(Pattern.compile("\\s*Resume from " + kept + "\\s*"));
                assertThat(page.locator("[data-testid=btn-pause]")).hasCount(0);
                page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/resume.png")));
                resume.click();
                assertThat(state).hasAttribute("data-state", "running");
                assertThat(page.locator("run-header")).containsText("2 from " + kept);
                assertThat(resume).hasCount(0);
                await("to go on")
                        .pollInSameThread()
                        .atMost(Duration.ofMillis(Chromium.PATIENCE))
                        .until(() -> status(page, server, run).path("iteration").asLong() > kept + 5);
                page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/resumed.png")));
                page.navigate("about:blank");
            }
        }
    }
}
