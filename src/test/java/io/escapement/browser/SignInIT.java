package io.escapement.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import io.escapement.web.access.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that wants tokens: who has none signs in, who may only look is told so where there is something to press. */
@NeedsProgram({Chromium.PROGRAM, Chromium.NODE})
@Timeout(300)
class SignInIT {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String READ = Token.generate(RANDOM);
    private static final String CONTROL = Token.generate(RANDOM);

    @TempDir
    private static Path directory;

    private static Chromium chromium;
    private static Escapement server;

    @BeforeAll
    static void open() throws IOException {
        Path tokens = directory.resolve("tokens");
        Files.writeString(tokens, "read " + READ + " wall\ncontrol " + CONTROL + " me\n");
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
        server = new Escapement(
                "serve", "--store", "none", "--token-file", tokens.toString(), "--alert-for", "stalled=0s");
        chromium = new Chromium();
    }

    @AfterAll
    static void close() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static String post(Page page, String path, String type, String body) {
        APIResponse response = page.request()
                .post(
                        server.url() + path,
                        RequestOptions.create()
                                .setHeader("Authorization", "Bearer " + CONTROL)
                                .setHeader("Content-Type", type)
                                .setData(body));
        assertThat(response.ok()).as(response.text()).isTrue();
        return response.text();
    }

    private static void signIn(Page page, String token) {
        page.locator("#token").fill(token);
        page.keyboard().press("Enter");
    }

    private static void isAt(Page page, String path) {
        assertThat(page).hasURL(Pattern.compile(".*" + path));
    }

    @Test
    void whoMayOnlyLookIsToldSoAndWhoMayDoMoreCan() {
        try (Page page = chromium.newPage(1200, 800)) {
            String run = post(page, "/api/v1/runs", "application/json", "{\"source\":\"external\",\"name\":\"stuck\"}")
                    .replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
            post(
                    page,
                    "/api/v1/runs/" + run + "/events",
                    "application/x-ndjson",
                    "{\"loss\":0.25,\"hessianLambdaMin\":-0.1}\n".repeat(300));
            page.navigate(server.url() + "/runs?q=stuck");
            isAt(page, "/sign-in\\?to=%2Fruns%3Fq%3Dstuck");
            assertThat(page.locator("#token")).isFocused();
            signIn(page, "not-a-token");
            assertThat(page.locator("#said")).not().isEmpty();
            signIn(page, READ);
            isAt(page, "/runs\\?q=stuck");

            Locator silence =
                    page.locator("[data-testid=alert] .silence button").first();
            page.locator("[data-testid=alert-bell]").click();
            assertThat(silence).isVisible();
            assertThat(silence).isDisabled();
            assertThat(silence).hasAttribute("title", Pattern.compile("Your token lets you look.*"));
            assertThat(page.locator("[data-testid=no-silence]")).containsText("one with the role control would");
            page.keyboard().press("Escape");
            page.locator("[data-testid=run-more]").first().click();
            assertThat(page.locator("dialog.edit .primary")).isDisabled();
            assertThat(page.locator("dialog.edit [role=alert]")).containsText("Your token lets you look");
            page.keyboard().press("Escape");

            page.locator("[data-testid=sign-out]").click();
            isAt(page, "/sign-in\\?.*");
            signIn(page, CONTROL);
            isAt(page, "/runs\\?q=stuck");
            page.locator("[data-testid=alert-bell]").click();
            assertThat(silence).isEnabled();
            silence.click();
            assertThat(page.locator("[data-testid=silenced]")).isVisible();
        }
    }
}
