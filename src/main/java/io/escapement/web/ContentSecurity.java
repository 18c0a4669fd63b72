package io.escapement.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Content-Security-Policy that lets a page run its own scripts and nothing else. */
final class ContentSecurity {

    private static final Pattern SCRIPT =
            Pattern.compile("<script\\b([^>]*)>(.*?)</script\\s*>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SRC = Pattern.compile("\\bsrc\\s*=", Pattern.CASE_INSENSITIVE);

    private ContentSecurity() {}

    /** @param page whose inline scripts, the import map among them, are allowed by their hash */
    static String policy(String page, Protection protection) {
        StringBuilder scripts = new StringBuilder("'self'");
        Matcher script = SCRIPT.matcher(page);
        while (script.find()) {
            if (!SRC.matcher(script.group(1)).find()) {
                scripts.append(" 'sha256-")
                        .append(Base64.getEncoder().encodeToString(sha256(script.group(2))))
                        .append('\'');
            }
        }
        return "default-src 'self'; script-src " + scripts
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self';"
                + " worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors " + String.join(" ", protection.frameAncestors());
    }

    private static byte[] sha256(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}
