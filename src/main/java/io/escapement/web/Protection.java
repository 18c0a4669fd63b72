package io.escapement.web;

import io.escapement.web.access.TokenBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What keeps a server's runs from those whom they do not concern.
 *
 * @param tokens that are heeded; an empty book where everybody who reaches the server may do everything
 * @param tls null for none
 * @param frameAncestors sources of pages that may show this server's in a frame, as in Content-Security-Policy
 * @param hstsDays for which a browser is told to use TLS alone for this host and all its ports; 0 for not
 * @param eventsPerSecond of one run of another program, at most; 0 for no limit
 */
public record Protection(
        TokenBook tokens, Tls tls, List<String> frameAncestors, int hstsDays, double eventsPerSecond) {

    /** Neither a semicolon, which would begin another directive, nor a space, which another source. */
    private static final Pattern SOURCE = Pattern.compile("'(none|self)'|[A-Za-z][A-Za-z0-9+.-]*:(//[A-Za-z0-9.*:\\[\\]-]+)?");

    /** This machine's users only, and frames of this server's own pages. */
    public static final Protection NONE = new Protection(TokenBook.EMPTY, null, List.of("'self'"), 0, 0);

    /**
     * Certificate and private key, as PEM files. They are read again when they have changed.
     *
     * @param certificate with those of the authorities between it and the root behind it
     */
    public record Tls(Path certificate, Path key) {
        public Tls {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(key, "key");
        }
    }

    public Protection {
        Objects.requireNonNull(tokens, "tokens");
        frameAncestors = List.copyOf(frameAncestors);
        for (String source : frameAncestors) {
            if (!isSource(source)) {
                throw new IllegalArgumentException("frame ancestor is '" + source
                        + "'; 'self', 'none' or an origin such as https://grafana.example would be valid");
            }
        }
    }

    /** Whether it can stand among the sources of a policy. */
    public static boolean isSource(String text) {
        return SOURCE.matcher(text).matches();
    }

    public Protection withTokens(TokenBook other) {
        return new Protection(other, tls, frameAncestors, hstsDays, eventsPerSecond);
    }

    public Protection withTls(Tls other) {
        return new Protection(tokens, other, frameAncestors, hstsDays, eventsPerSecond);
    }

    public Protection withFrameAncestors(List<String> others) {
        return new Protection(tokens, tls, others, hstsDays, eventsPerSecond);
    }

    public Protection withHstsDays(int days) {
        return new Protection(tokens, tls, frameAncestors, days, eventsPerSecond);
    }

    public Protection withEventsPerSecond(double most) {
        return new Protection(tokens, tls, frameAncestors, hstsDays, most);
    }
}
