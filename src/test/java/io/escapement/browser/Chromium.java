package io.escapement.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, headless, driven through Playwright's driver with the machine's own node. */
final class Chromium implements AutoCloseable {

    static final String NODE = "/usr/bin/node";
    static final String PROGRAM = "/usr/bin/chromium";

    /**
     * How long a test waits for what a page is to show, ms. It costs nothing where all is well, and a machine that others use
     * may take ten times as long as one that is idle.
     */
    static final int PATIENCE = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", NODE, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(java.nio.file.Path.of(PROGRAM))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-gpu-rasterization",
                                "--disable-accelerated-2d-canvas",
                                "--use-angle=swiftshader-webgl",
                                "--enable-unsafe-swiftshader")));
    }

    Page newPage(int width, int height) {
        Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, height));
        page.setDefaultTimeout(PATIENCE);
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
