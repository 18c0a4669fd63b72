package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escapement.web.Protection;
import io.escapement.web.access.Role;
import io.escapement.web.access.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What it takes to let other machines in. */
class AccessOptionsTest {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";

    @TempDir
    private Path directory;

    private static Protection protection(String bind, Map<String, String> environment, String... arguments) {
        AccessOptions options = new AccessOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.protection(bind, environment);
    }

    private Path tokens(String text, String permissions) throws IOException {
        Path file = directory.resolve("tokens");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1"})
    void onThisMachineNothingIsNeeded(String bind) {
        assertThat(protection(bind, Map.of()).tokens().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void fromOtherMachinesATokenIsNeededAndTls(String bind) {
        assertThatThrownBy(() -> protection(bind, Map.of()))
                .isInstanceOf(InvalidOption.class)
                .hasMessageStartingWith(
                        "--bind is '" + bind + "', which other machines reach, and nobody would be asked")
                .hasMessageContaining("escapement token");
        assertThatThrownBy(() -> protection(bind, Map.of("ESCAPEMENT_TOKEN_READ", SECRET)))
                .isInstanceOf(InvalidOption.class)
                .hasMessageContaining("in the clear; give --tls-cert and --tls-key, or --insecure-http");
        // The client's variable gives nobody a role.
        assertThatThrownBy(() -> protection(bind, Map.of("ESCAPEMENT_TOKEN", SECRET), "--insecure-http"))
                .isInstanceOf(InvalidOption.class);
        assertThat(protection(bind, Map.of("ESCAPEMENT_TOKEN_READ", SECRET), "--insecure-http")
                        .tls())
                .isNull();
        assertThat(protection(bind, Map.of("ESCAPEMENT_TOKEN_READ", SECRET), "--tls-cert", "c", "--tls-key", "k")
                        .tls())
                .isEqualTo(new Protection.Tls(Path.of("c"), Path.of("k")));
    }

    @Test
    void tokensComeFromTheFileAndTheEnvironment() throws IOException {
        Protection protection = protection(
                "127.0.0.1",
                Map.of("ESCAPEMENT_TOKEN_INGEST", " a" + SECRET + "  b" + SECRET + "\n"),
                "--token-file",
                tokens("control " + SECRET + " ops\n", "rw-------").toString());
        assertThat(protection.tokens().size()).isEqualTo(3);
        assertThat(protection.tokens().find(SECRET).map(Token::name)).contains("ops");
        assertThat(protection.tokens().find("b" + SECRET).map(Token::role)).contains(Role.INGEST);
    }

    @ParameterizedTest
    @CsvSource({
        "rw-rw----, which others can write; 'chmod 600",
        "rw-----w-, which others can write; 'chmod 600",
    })
    void aFileThatOthersCanWriteIsRefused(String permissions, String message) throws IOException {
        Path file = tokens("read " + SECRET, permissions);
        assertThatThrownBy(() -> protection("127.0.0.1", Map.of(), "--token-file", file.toString()))
                .isInstanceOf(InvalidOption.class)
                .hasMessageContaining(message);
    }

    /** Mounted secrets often are. */
    @Test
    void aFileThatOthersCanReadIsWarnedOf() throws IOException {
        Path file = tokens("read " + SECRET, "rw-r--r--");
        assertThat(protection("127.0.0.1", Map.of(), "--token-file", file.toString())
                        .tokens()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whatIsNotValidIsNotRepeated() throws IOException {
        for (String text : List.of("", "# nothing\n", "control s3cr3t", SECRET, "admin " + SECRET)) {
            Path file = tokens(text, "rw-------");
            assertThatThrownBy(() -> protection("127.0.0.1", Map.of(), "--token-file", file.toString()))
                    .isInstanceOf(InvalidOption.class)
                    .hasMessageStartingWith("--token-file ")
                    .message()
                    .doesNotContain("s3cr3t", SECRET);
        }
        assertThatThrownBy(() -> protection("127.0.0.1", Map.of("ESCAPEMENT_TOKEN_CONTROL", "s3cr3t")))
                .hasMessageStartingWith("ESCAPEMENT_TOKEN_CONTROL is not valid: the token has 6 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | abc",
                "'# ours\n\n  abc  \n' | abc",
                "'read r\ningest i jobs\ncontrol c' | i",
                "'read r\ncontrol c' | c",
                "'read r' | ",
                "'# abc' | ",
            })
    void aProgramTakesTheFirstTokenThatMaySend(String text, String token) {
        assertThat(LoginOptions.token(text.replace("\\n", "\n")).orElse(null)).isEqualTo(token);
    }
}
