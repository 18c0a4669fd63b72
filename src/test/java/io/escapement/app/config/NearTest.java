package io.escapement.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearTest {

    private static final List<String> KNOWN =
            List.of("port", "bind", "store", "serve", "solver", "token-file", "max-viewers", "meter-retention", "n");

    @Test
    void aNameIsNearWhereLittleHasToBeMended() {
        assertThat(Near.to("prot", KNOWN)).containsExactly("port");
        assertThat(Near.to("ports", KNOWN)).containsExactly("port");
        assertThat(Near.to("max-veiwers", KNOWN)).containsExactly("max-viewers");
        assertThat(Near.to("serv", KNOWN)).containsExactly("serve");
    }

    @Test
    void oneThatIsTheBeginningOfAnotherIsNearIt() {
        assertThat(Near.to("token", KNOWN)).containsExactly("token-file");
        assertThat(Near.to("meter", KNOWN)).containsExactly("meter-retention");
    }

    @Test
    void aShortNameIsNotNearWhateverIsShort() {
        assertThat(Near.to("colour", KNOWN)).isEmpty();
        assertThat(Near.to("data", KNOWN)).isEmpty();
        assertThat(Near.to("tls", KNOWN)).isEmpty();
        assertThat(Near.to("find", KNOWN)).containsExactly("bind");
        assertThat(Near.to("fond", KNOWN)).isEmpty();
    }
}
