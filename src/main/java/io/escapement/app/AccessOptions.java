package io.escapement.app;

import io.escapement.web.Protection;
import io.escapement.web.access.Role;
import io.escapement.web.access.Token;
import io.escapement.web.access.TokenBook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Who may use the dashboard, and how it is kept from others. */
final class AccessOptions {

    private static final int MOST_HSTS_DAYS = 730;
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final double LEAST_EVENTS = 10;

    /** Before the name of a role; several tokens are separated by spaces. */
    private static final String VARIABLE = "ESCAPEMENT_TOKEN_";

    private static final Logger LOG = LoggerFactory.getLogger(AccessOptions.class);

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "tokens that are needed, one a line as ROLE TOKEN [NAME]; ROLE is read, ingest or control, and"
                            + " 'escapement token' makes one. Those of the environment variables ESCAPEMENT_TOKEN_READ,"
                            + " ESCAPEMENT_TOKEN_INGEST and ESCAPEMENT_TOKEN_CONTROL are added (none, on a loopback"
                            + " address alone)")
    private Path tokenFile;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "certificate, as PEM, with those between it and its root; has the dashboard speak TLS (none)")
    private Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "private key of the certificate, as PEM (none)")
    private Path tlsKey;

    @Option(
            names = "--insecure-http",
            description = "let other machines in without TLS, as behind a proxy that speaks it")
    private boolean insecure;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            split = ",",
            description = "another name by which the dashboard is asked for, as through a proxy or a tunnel; repeatable"
                    + " (names of this machine alone on a loopback address, any on others)")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--frame-ancestors",
            paramLabel = "SOURCE",
            split = "[, ]",
            defaultValue = "'self'",
            description = "pages that may show the dashboard in a frame: 'self', 'none' or origins such as"
                    + " https://grafana.example; repeatable (${DEFAULT-VALUE})")
    private List<String> frameAncestors = Protection.NONE.frameAncestors();

    @Option(
            names = "--hsts-days",
            paramLabel = "N",
            defaultValue = "0",
            description = "with TLS: days for which browsers shall use it alone for this host, on all its ports"
                    + " (${DEFAULT-VALUE}: not at all)")
    private int hstsDays;

    @Option(
            names = "--max-events-per-second",
            paramLabel = "N",
            defaultValue = "0",
            description = "events that one run of another program may send in a second; more are held back"
                    + " (${DEFAULT-VALUE}: no limit)")
    private double eventsPerSecond;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "4096",
            description = "connections that are open at the same time; another machine has at most half of them"
                    + " (${DEFAULT-VALUE})")
    private int connections = Protection.NONE.connections();

    Set<String> hosts() {
        return Set.copyOf(hosts);
    }

    /**
     * What is asked for, if it is enough for the address.
     *
     * @param bind address the server will listen on
     * @param environment variables by name
     * @throws InvalidOption if other machines could come in without a token, or in the clear without anybody having wanted it
     */
    Protection protection(String bind, Map<String, String> environment) {
        Check.between("--hsts-days", hstsDays, 0, MOST_HSTS_DAYS);
        Check.between("--max-connections", connections, 2, MOST_CONNECTIONS);
        if (eventsPerSecond != 0) {
            Check.atLeast("--max-events-per-second", eventsPerSecond, LEAST_EVENTS);
        }
        for (String source : frameAncestors) {
            if (!Protection.isSource(source)) {
                throw new InvalidOption(
                        "--frame-ancestors",
                        "is '" + source + "'; 'self', 'none' or an origin such as https://grafana.example is needed");
            }
        }
        Protection protection =
                new Protection(tokens(environment), tls(), frameAncestors, hstsDays, eventsPerSecond, connections);
        if (!loopback(bind)) {
            requireEnough(bind, protection);
        }
        return protection;
    }

    private void requireEnough(String bind, Protection protection) {
        if (protection.tokens().isEmpty()) {
            throw new InvalidOption(
                    "--bind",
                    "is '" + bind
                            + "', which other machines reach, and nobody would be asked for a token; make one with"
                            + " 'echo control $(escapement token) > FILE; chmod 600 FILE' and give --token-file FILE, or use"
                            + " 127.0.0.1 and, from elsewhere, an ssh tunnel");
        }
        if (protection.tls() == null && !insecure) {
            throw new InvalidOption(
                    "--bind",
                    "is '" + bind
                            + "', which other machines reach, and tokens would go there in the clear; give --tls-cert"
                            + " and --tls-key, or --insecure-http where a proxy speaks TLS in front");
        }
        if (protection.tls() == null) {
            LOG.warn("Without TLS whoever can listen on the network to {} learns the tokens.", bind);
        }
    }

    private static boolean loopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new InvalidOption(
                    "--bind", "is '" + bind + "'; an address of this machine is needed, such as 127.0.0.1");
        }
    }

    private Protection.Tls tls() {
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new InvalidOption(
                    tlsKey == null ? "--tls-cert" : "--tls-key",
                    "is " + (tlsKey == null ? tlsCertificate : tlsKey) + "; "
                            + (tlsKey == null ? "--tls-key" : "--tls-cert") + " is needed with it");
        }
        if (hstsDays > 0 && tlsCertificate == null) {
            throw new InvalidOption("--hsts-days", "is " + hstsDays + "; it is of use with --tls-cert only");
        }
        return tlsKey == null ? null : new Protection.Tls(tlsCertificate, tlsKey);
    }

    private TokenBook tokens(Map<String, String> environment) {
        List<Token> tokens = new ArrayList<>(tokenFile == null ? List.of() : fromFile(tokenFile));
        for (String label : Role.labels()) {
            String variable = variable(label);
            Role role = Role.of(label).orElseThrow();
            for (String secret : environment.getOrDefault(variable, "").strip().split("\\s+", -1)) {
                if (!secret.isEmpty()) {
                    tokens.add(token(variable, role, secret));
                }
            }
        }
        return TokenBook.of(tokens);
    }

    /** The environment variable with tokens of a role. */
    static String variable(String role) {
        return VARIABLE + role.toUpperCase(Locale.ROOT);
    }

    private static Token token(String variable, Role role, String secret) {
        try {
            return Token.of(role.label(), role, secret);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(variable, "is not valid: " + e.getMessage());
        }
    }

    private static List<Token> fromFile(Path file) {
        List<Token> tokens;
        try {
            checkPermissions(file);
            tokens = TokenBook.read(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new InvalidOption(
                    "--token-file",
                    "is " + file + ", which cannot be read (" + FileTrouble.words(e)
                            + "); a file with lines ROLE TOKEN [NAME] is needed");
        } catch (IllegalArgumentException e) {
            throw new InvalidOption("--token-file", "is not valid: " + e.getMessage());
        }
        if (tokens.isEmpty()) {
            throw new InvalidOption(
                    "--token-file",
                    "is " + file + ", which has no token; at least one line ROLE TOKEN [NAME] is needed");
        }
        return tokens;
    }

    /** Whoever can write it can give himself a role. That others can read it is usual where secrets are mounted. */
    private static void checkPermissions(Path file) throws IOException {
        Set<PosixFilePermission> granted;
        try {
            granted = Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException e) {
            return;
        }
        if (granted.contains(PosixFilePermission.GROUP_WRITE) || granted.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new InvalidOption(
                    "--token-file", "is " + file + ", which others can write; 'chmod 600 " + file + "' is needed");
        }
        if (granted.contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("Every user of this machine can read the tokens in {}; chmod 600 would be better.", file);
        }
    }
}
