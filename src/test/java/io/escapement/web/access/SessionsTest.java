package io.escapement.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Token TOKEN = Token.of("ops", Role.CONTROL, "0123456789abcdefghijklmnopqrstuv");

    private Instant now = Instant.parse("2026-11-29T12:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private final Sessions sessions = new Sessions(clock, new SecureRandom());

    @Test
    void aSessionLastsWhileItIsUsedButNotForEver() {
        Sessions.Begun begun = sessions.begin(TOKEN);
        Instant begin = now;
        while (now.isBefore(begin.plus(Sessions.LONGEST).minus(Sessions.IDLE))) {
            now = now.plus(Sessions.IDLE);
            assertThat(sessions.find(begun.id())).as(now.toString()).contains(begun.session());
        }
        now = begin.plus(Sessions.LONGEST).plusSeconds(1);
        assertThat(sessions.find(begun.id())).isEmpty();
        assertThat(sessions.use(begun.session())).isFalse();
    }

    @Test
    void aSessionThatNobodyUsesEnds() {
        Sessions.Begun begun = sessions.begin(TOKEN);
        now = now.plus(Sessions.IDLE).plusSeconds(1);
        assertThat(sessions.find(begun.id())).isEmpty();
        now = now.minus(Duration.ofHours(1));
        assertThat(sessions.find(begun.id())).as("it does not come back").isEmpty();
    }

    @Test
    void anEndedSessionIsNotUsedAnyMore() {
        Sessions.Begun begun = sessions.begin(TOKEN);
        sessions.end(begun.id());
        assertThat(sessions.find(begun.id())).isEmpty();
        assertThat(sessions.use(begun.session())).isFalse();
        assertThat(sessions.find("no such id")).isEmpty();
    }

    @Test
    void thereAreAtMostSoManyAndTheLeastUsedGoes() {
        List<Sessions.Begun> all = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST; i++) {
            all.add(sessions.begin(TOKEN));
        }
        sessions.find(all.get(0).id());
        sessions.begin(TOKEN);
        assertThat(sessions.size()).isEqualTo(Sessions.MOST);
        assertThat(sessions.find(all.get(0).id())).isPresent();
        assertThat(sessions.find(all.get(1).id())).isEmpty();
        assertThat(sessions.use(all.get(1).session())).isFalse();
    }

    @Test
    void failuresAreForgivenOneByOne() {
        AtomicLong nanos = new AtomicLong();
        FailureLimit limit = new FailureLimit(nanos::get);
        String address = "192.0.2.1";
        for (int i = 0; i < FailureLimit.BURST; i++) {
            assertThat(limit.secondsToWait(address)).isZero();
            limit.failed(address);
        }
        assertThat(limit.secondsToWait(address)).isEqualTo(FailureLimit.SECONDS);
        assertThat(limit.secondsToWait("192.0.2.2")).as("another address").isZero();
        nanos.addAndGet(Duration.ofSeconds(FailureLimit.SECONDS).toNanos() - 1);
        assertThat(limit.secondsToWait(address)).isEqualTo(1);
        nanos.incrementAndGet();
        assertThat(limit.secondsToWait(address)).isZero();
        limit.failed(address);
        assertThat(limit.secondsToWait(address)).isEqualTo(FailureLimit.SECONDS);
    }

    @Test
    void aCustomersIpv6AddressesAreOne() {
        FailureLimit limit = new FailureLimit(() -> 0);
        for (int i = 0; i < FailureLimit.BURST; i++) {
            limit.failed("2001:db8:1:2::" + i);
        }
        assertThat(limit.secondsToWait("2001:db8:1:2:ffff::1")).isPositive();
        assertThat(limit.secondsToWait("2001:db8:1:3::1")).isZero();
    }

    @Test
    void theLeastRecentlySeenAddressIsForgotten() {
        FailureLimit limit = new FailureLimit(() -> 0);
        limit.accepted("192.0.2.1", TOKEN);
        assertThat(limit.knows("192.0.2.1", TOKEN)).isTrue();
        for (int i = 0; i < FailureLimit.MOST; i++) {
            limit.failed("10.0." + i / 256 + "." + i % 256);
        }
        assertThat(limit.knows("192.0.2.1", TOKEN)).isFalse();
        assertThat(limit.secondsToWait("10.0.39.15")).isZero();
    }
}
