package io.escapement.alert.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Where notices go, and in which format. Written as {@code URL} or {@code alertmanager:URL}. A name and password in the URL
 * become an Authorization header. Paths and queries may hold a secret too, so that a printed address has neither.
 */
public final class WebhookAddress {

    private static final String ALERTMANAGER = "alertmanager:";

    private final URI uri;
    private final String authorization;
    private final Format format;

    private WebhookAddress(URI uri, String authorization, Format format) {
        this.uri = uri;
        this.authorization = authorization;
        this.format = format;
    }

    /** @throws IllegalArgumentException if it is none; the message does not repeat it, because of what it may hold */
    public static WebhookAddress parse(String text) {
        Format format = text.startsWith(ALERTMANAGER) ? Format.ALERTMANAGER : Format.PLAIN;
        URI given;
        try {
            given = new URI(format == Format.ALERTMANAGER ? text.substring(ALERTMANAGER.length()) : text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL: " + e.getReason() + " at character " + e.getIndex());
        }
        String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || given.getHost() == null) {
            throw new IllegalArgumentException(
                    "is no address that can be posted to; http://HOST/PATH, https://HOST/PATH or either after"
                            + " alertmanager: would be valid");
        }
        String user = given.getUserInfo();
        String authorization = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String authority = given.getRawAuthority();
        String path = given.getRawPath() == null || given.getRawPath().isEmpty() ? "/" : given.getRawPath();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        URI bare = URI.create(scheme + "://" + authority.substring(authority.lastIndexOf('@') + 1) + path + query);
        return new WebhookAddress(bare, authorization, format);
    }

    /** Without name and password. */
    URI uri() {
        return uri;
    }

    /** Null where there is none. */
    String authorization() {
        return authorization;
    }

    public Format format() {
        return format;
    }

    /** As it may be shown to anybody. */
    @Override
    public String toString() {
        boolean more = !uri.getRawPath().equals("/") || uri.getRawQuery() != null;
        return (format == Format.ALERTMANAGER ? ALERTMANAGER : "") + uri.getScheme() + "://" + uri.getRawAuthority()
                + (more ? "/…" : "/");
    }
}
