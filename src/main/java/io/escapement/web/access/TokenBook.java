package io.escapement.web.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens that a server knows. An empty book means that there is no authentication: everybody controls. */
public final class TokenBook {

    public static final TokenBook EMPTY = new TokenBook(List.of());

    private final List<Token> tokens;

    private TokenBook(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    public static TokenBook of(List<Token> tokens) {
        return tokens.isEmpty() ? EMPTY : new TokenBook(tokens);
    }

    /**
     * Reads lines {@code ROLE TOKEN [NAME]}; empty ones and those that begin with # are passed over.
     *
     * @param source what to call the text in an error
     * @throws IllegalArgumentException if a line is none of these; it names the line by its number alone
     */
    public static List<Token> read(String source, String text) {
        List<Token> tokens = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                tokens.add(token(source + ", line " + number, stripped.split("\\s+", 3)));
            }
        }
        return tokens;
    }

    private static Token token(String where, String[] words) {
        // The first word is not repeated: a line that lacks its role begins with the secret.
        Role role = Role.of(words[0])
                .orElseThrow(() -> new IllegalArgumentException(
                        where + ": does not begin with a role; ROLE TOKEN [NAME] is needed, and ROLE is one of "
                                + String.join(", ", Role.labels())));
        if (words.length < 2) {
            throw new IllegalArgumentException(where + ": has a role and no token; ROLE TOKEN [NAME] is needed");
        }
        try {
            return Token.of(words.length > 2 ? words[2] : role.label(), role, words[1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    public int size() {
        return tokens.size();
    }

    /** The token with this secret. All are compared, so that the time tells nothing of which was near. */
    public Optional<Token> find(String secret) {
        byte[] hash = Token.sha256(secret);
        Token found = null;
        for (Token token : tokens) {
            found = token.matches(hash) ? token : found;
        }
        return Optional.ofNullable(found);
    }

    @Override
    public String toString() {
        return tokens.size() + " tokens";
    }
}
