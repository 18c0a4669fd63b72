package io.escapement.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBookTest {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";

    @Test
    void linesGiveTokensWithRoleAndName() {
        List<Token> tokens =
                TokenBook.read("f", "# ours\n\nread " + SECRET + "\r\n  control\tX" + SECRET + "  the ops team \n");
        assertThat(tokens).extracting(Token::role).containsExactly(Role.READ, Role.CONTROL);
        assertThat(tokens).extracting(Token::name).containsExactly("read", "the ops team");
        TokenBook book = TokenBook.of(tokens);
        assertThat(book.find(SECRET)).contains(tokens.get(0));
        assertThat(book.find("X" + SECRET)).contains(tokens.get(1));
        assertThat(book.find("Y" + SECRET)).isEmpty();
        assertThat(book.find("")).isEmpty();
    }

    /** A message that repeats the line would have the secret in the log. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0123456789abcdefghijklmnopqrstuv | f, line 2: does not begin with a role; ROLE TOKEN [NAME] is needed, and ROLE is one of read, ingest, control",
                "anybody 0123456789abcdefghijklmnopqrstuv | f, line 2: does not begin with a role; ROLE TOKEN [NAME] is needed, and ROLE is one of read, ingest, control",
                "read | f, line 2: has a role and no token; ROLE TOKEN [NAME] is needed",
                "read s3cr3t-s3cr3t | f, line 2: the token has 13 characters; 32 to 512 are needed, and 'escapement token' makes a good one",
                "read s3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3t | f, line 2: the token has 5 different characters; at least 10 are needed, and 'escapement token' makes a good one",
                "read 0123456789abcdefghijklmnopqrstü | f, line 2: the token holds characters that a header cannot; letters, digits and signs would be valid",
            })
    void aBadLineIsNamedByItsNumberAlone(String line, String message) {
        String padded = line.replace("ü", "uü");
        assertThatThrownBy(() -> TokenBook.read("f", "# ours\n" + padded)).hasMessage(message);
    }

    @Test
    void generatedTokensAreLongDistinctAndValid() {
        SecureRandom random = new SecureRandom();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String secret = Token.generate(random);
            assertThat(secret).hasSize(43).matches("[A-Za-z0-9_-]+");
            assertThat(Token.of("x", Role.READ, secret).toString()).doesNotContain(secret);
            seen.add(secret);
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void readingAndFeedingAreApartAndControlIsBoth() {
        assertThat(Role.READ.allows(Role.INGEST)).isFalse();
        assertThat(Role.INGEST.allows(Role.READ)).isFalse();
        assertThat(Role.READ.allows(Role.CONTROL)).isFalse();
        assertThat(Role.INGEST.allows(Role.CONTROL)).isFalse();
        assertThat(Role.ANYBODY.allows(Role.READ)).isFalse();
        for (Role role : Role.values()) {
            assertThat(Role.CONTROL.allows(role)).isTrue();
            assertThat(role.allows(Role.ANYBODY)).isTrue();
            assertThat(role.allows(role)).isTrue();
        }
    }
}
