package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of README: every screen of the packaged program, with the demo and runs that it does while it is
 * looked at. {@code -Descapement.pictures=.github/screens} says where they go; without it to target/screens.
 */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(600)
class PicturesIT {

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    /** What is drawn frame by frame has come to rest, ms. */
    private static final double SETTLED = 1500;

    private static final String JSON = "application/json";
    private static final int SEEDS = 5;
    private static final int TRAPS = 12;

    /** The one of them that is freed by a race of candidates. */
    private static final int RACE = 4;

    @TempDir
    private Path directory;

    private final Path pictures = Path.of(System.getProperty("escapement.pictures", "target/screens"));
    private final List<String> complaints = new ArrayList<>();
    private Chromium chromium;
    private Escapement server;
    private Page page;

    @Test
    void ofEveryScreen() throws IOException {
        Files.createDirectories(pictures);
        try (Chromium browser = new Chromium();
                Escapement demo = new Escapement(
                        directory, "--store", directory.resolve("store").toString(), "--alert-for", "stalled=2s")) {
            chromium = browser;
            server = demo;
            look(ColorScheme.LIGHT);
            // The address is told before the story begins.
            until("the demo's run", () -> get("/api/v1/runs?limit=1").contains("\"id\""));
            String story = id(get("/api/v1/runs?limit=1"));
            experiment("leac-table1");
            List<String> seeds = new ArrayList<>();
            for (int seed = 1; seed <= SEEDS; seed++) {
                for (String solver : List.of("gd", "lbfgs", "momentum")) {
                    seeds.add(start("gaussian", "n=20 rank=2 m=160 seed=%d solver=%s".formatted(seed, solver)));
                }
            }
            List<String> trapped = new ArrayList<>();
            for (int seed = 1; seed <= TRAPS; seed++) {
                trapped.add(start("gaussian", "n=30 m=40 escape=auto seed=%d name=traps-%d".formatted(seed, seed)));
                ended(trapped.get(seed - 1));
            }
            start("pmc", "n=20 rho=0.1 step=fixed:0.9 name=too-long-a-step");
            start("pmc", "n=20 rho=0.1 escape=auto max-escapes=6 name=ten-signs");
            stalledOutside("ratings, night 3");
            start("pmc", "n=40 rho=0.1 pace=10 step=fixed:0.002 name=slow-descent");
            ended(story);

            take("run", "/runs/" + story, "chart-panel");
            take("home", "/runs", "[data-testid=run-row]");
            take("landscape", "/runs/" + story + "/landscape", "landscape-map");
            take("compare", "/compare?group=solver&x=oracle&runs=" + String.join(",", seeds), "result-table table");
            take("escapes", "/escapes?problem=gaussian", ".lanes-body svg");
            take("problems", "/problems", "problem-card");
            take("experiment", "/experiments/leac-table1", "figure");
            take("health", "/health", ".panel");
            take("alerts", "/runs", "[data-testid=run-row]", () -> {
                page.locator("[data-testid=alert-bell]").click();
                seen("[data-testid=alert]");
            });
            look(ColorScheme.DARK);
            take("escape-dark", "/runs/" + trapped.get(RACE - 1), "chart-panel");
            take("landscape-3d-dark", "/runs/" + story + "/landscape?mode=3d", "landscape-surface");
            page.navigate("about:blank");
        }
        assertThat(complaints).as("errors on the pages' console").isEmpty();
    }

    private void look(ColorScheme scheme) {
        if (page != null) {
            page.close();
        }
        page = chromium.newPage(WIDTH, HEIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    private void take(String name, String path, String shows) throws IOException {
        take(name, path, shows, () -> {});
    }

    private void take(String name, String path, String shows, Runnable then) throws IOException {
        page.navigate(server.url() + path);
        assertThat(page.locator("[data-testid=connection]")).containsText("Live");
        seen(shows);
        assertThat(page.locator(".blank[role=status]")).hasCount(0);
        then.run();
        page.waitForTimeout(SETTLED);
        Files.write(pictures.resolve(name + ".png"), SmallPng.of(page.screenshot()));
    }

    private void seen(String selector) {
        assertThat(page.locator(selector).first()).isVisible();
    }

    private void ended(String run) {
        until("the end of " + run, () -> get("/api/v1/runs/" + run).contains("\"ended\":true"));
    }

    private void until(String what, Callable<Boolean> holds) {
        await(what).pollInSameThread().atMost(Duration.ofSeconds(90)).until(holds);
    }

    /** @param options as on the command line, without dashes */
    private String start(String problem, String options) {
        String fields = Arrays.stream(options.split(" "))
                .map(option -> "\"" + option.replaceFirst("=", "\":\"") + "\"")
                .collect(Collectors.joining(","));
        return id(post("/api/v1/runs", JSON, "{\"problem\":\"" + problem + "\",\"options\":{" + fields + "}}"));
    }

    private void experiment(String id) {
        String path = "/api/v1/experiments/" + id;
        post(path, JSON, "{\"quick\":true,\"trials\":64}");
        until(
                "the result of " + id,
                () -> page.request().get(server.url() + path).ok());
    }

    /** A run of another program, which comes to rest where the curvature says that it need not. */
    private void stalledOutside(String name) {
        String run = id(post("/api/v1/runs", JSON, "{\"source\":\"external\",\"name\":\"" + name + "\"}"));
        String lines = IntStream.range(0, 600)
                .mapToObj(i -> "{\"loss\":%s,\"gradientNorm\":%s,\"hessianLambdaMin\":-0.1}%n"
                        .formatted(0.25 + 3 * Math.exp(-i / 8.0), 1e-7 + Math.exp(-i / 8.0)))
                .collect(Collectors.joining());
        post("/api/v1/runs/" + run + "/events", "application/x-ndjson", lines);
    }

    private static String id(String json) {
        return json.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }

    private String get(String path) {
        return page.request().get(server.url() + path).text();
    }

    private String post(String path, String type, String body) {
        APIResponse response = page.request()
                .post(
                        server.url() + path,
                        RequestOptions.create().setHeader("Content-Type", type).setData(body));
        assertThat(response.ok()).as(response.text()).isTrue();
        return response.text();
    }
}
