package io.escapement.app;

import io.escapement.web.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import picocli.CommandLine.Option;

/** How a program shows a server who it is, and knows the server. A token is not typed: other users see command lines. */
final class LoginOptions {

    private static final Duration CONNECT = Duration.ofSeconds(15);

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "with --to: token for the server, alone or in a line ROLE TOKEN [NAME] with the role ingest or"
                            + " control; or the environment variable ESCAPEMENT_TOKEN (none)")
    private Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "with --to https://…: certificates, as PEM, of which one has signed the server's or is it (those"
                            + " of this Java)")
    private Path authority;

    /**
     * Ready to be used.
     *
     * @param token empty for none
     */
    record Login(String token, HttpClient client) {

        static final Login NONE = new Login("", builder().build());

        HttpRequest.Builder with(HttpRequest.Builder request) {
            return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
        }

        /** No secret. */
        @Override
        public String toString() {
            return token.isEmpty() ? "without a token" : "with a token";
        }
    }

    /** It follows no redirection, by which a token could come to another server. */
    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    }

    Login login(Map<String, String> environment) {
        HttpClient.Builder client = builder();
        if (authority != null) {
            client.sslContext(trusting(authority));
        }
        String token = tokenFile == null
                ? environment.getOrDefault("ESCAPEMENT_TOKEN", "").strip()
                : fromFile(tokenFile);
        if (!token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new InvalidOption(
                    tokenFile == null ? "ESCAPEMENT_TOKEN" : "--token-file",
                    "holds characters that a token has not; letters, digits and signs would be valid");
        }
        return new Login(token, client.build());
    }

    private static String fromFile(Path file) {
        try {
            return token(Files.readString(file, StandardCharsets.UTF_8))
                    .orElseThrow(() -> new InvalidOption(
                            "--token-file",
                            "is " + file + ", which has no token to send events with; one alone, or a line"
                                    + " ROLE TOKEN with the role ingest or control is needed"));
        } catch (IOException e) {
            throw new InvalidOption(
                    "--token-file", "is " + file + ", which cannot be read (" + FileTrouble.words(e) + ")");
        }
    }

    /** The first token that may send events. */
    static Optional<String> token(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 3))
                .filter(words -> words.length == 1
                        || Role.of(words[0])
                                .filter(role -> role.allows(Role.INGEST))
                                .isPresent())
                .map(words -> words[words.length == 1 ? 0 : 1])
                .findFirst();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + count++, each);
            }
            if (count == 0) {
                throw new InvalidOption("--ca-file", "is " + file + ", which has no certificate; PEM is needed");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidOption("--ca-file", "is " + file + ", which cannot be used: " + FileTrouble.words(e));
        }
    }
}
