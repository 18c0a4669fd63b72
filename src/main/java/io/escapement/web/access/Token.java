package io.escapement.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/**
 * A secret that gives a role. Only its SHA-256 is kept, so that neither a log nor a dump of the memory shows it. A plain hash is
 * enough for what is as long and random as {@link #generate} makes it; a slow one, as for passwords that people choose, would
 * cost every request of a program.
 */
public final class Token {

    /** Characters; of base64 that is 192 bits. */
    public static final int LEAST_LENGTH = 32;

    private static final int MOST_LENGTH = 512;
    private static final int LEAST_DISTINCT = 10;
    private static final int BYTES = 32;

    private final String name;
    private final Role role;
    private final byte[] hash;

    private Token(String name, Role role, byte[] hash) {
        this.name = name;
        this.role = role;
        this.hash = hash;
    }

    /**
     * @param name by which logs and the dashboard call whoever has it
     * @throws IllegalArgumentException if the secret is too short or too plain; the message does not repeat it
     */
    public static Token of(String name, Role role, String secret) {
        if (secret.length() < LEAST_LENGTH || secret.length() > MOST_LENGTH) {
            throw new IllegalArgumentException("the token has " + secret.length() + " characters; " + LEAST_LENGTH + " to "
                    + MOST_LENGTH + " are needed, and 'escapement token' makes a good one");
        }
        if (!secret.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "the token holds characters that a header cannot; letters, digits and signs would be valid");
        }
        long distinct = secret.chars().distinct().count();
        if (distinct < LEAST_DISTINCT) {
            throw new IllegalArgumentException("the token has " + distinct + " different characters; at least "
                    + LEAST_DISTINCT + " are needed, and 'escapement token' makes a good one");
        }
        return new Token(Objects.requireNonNull(name, "name"), Objects.requireNonNull(role, "role"), sha256(secret));
    }

    /** A new secret of 256 random bits. */
    public static String generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    /** Takes the same time wherever the hashes differ. */
    boolean matches(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return role.label() + " token '" + name + "'";
    }
}
