package io.escapement.web.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Browsers that have signed in. They hold a random id in a cookie and never the token; here it is kept by its hash. There are
 * at most so many, and the one that has not been used for longest goes first. On one thread.
 */
public final class Sessions {

    static final int MOST = 1000;

    /** Without use. A page that is open uses its session. */
    static final Duration IDLE = Duration.ofHours(24);

    /** After it has begun, however much it is used. */
    public static final Duration LONGEST = Duration.ofDays(30);

    private final Clock clock;
    private final SecureRandom random;

    /** By the hash of the id, least recently used first. */
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /** One browser that has signed in. */
    public static final class Session {
        private final Token token;
        private final Instant end;
        private Instant used;
        private boolean over;

        private Session(Token token, Instant now) {
            this.token = token;
            this.end = now.plus(LONGEST);
            this.used = now;
        }

        public Token token() {
            return token;
        }
    }

    /** A session and what its cookie holds. */
    public record Begun(String id, Session session) {}

    public Sessions(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    public Begun begin(Token token) {
        Instant now = clock.instant();
        sweep(now);
        String id = Token.generate(random);
        Session session = new Session(token, now);
        sessions.put(key(id), session);
        return new Begun(id, session);
    }

    /** The session of a cookie, which is used by that. */
    public Optional<Session> find(String id) {
        Session session = sessions.get(key(id));
        return session != null && use(session) ? Optional.of(session) : Optional.empty();
    }

    /** Whether the session goes on; it is used by that. */
    public boolean use(Session session) {
        Instant now = clock.instant();
        if (expired(session, now)) {
            session.over = true;
        } else {
            session.used = now;
        }
        return !session.over;
    }

    /** Signs out. */
    public void end(String id) {
        Session session = sessions.remove(key(id));
        if (session != null) {
            session.over = true;
        }
    }

    int size() {
        return sessions.size();
    }

    private void sweep(Instant now) {
        sessions.values().removeIf(session -> session.over || expired(session, now));
        Iterator<Session> oldest = sessions.values().iterator();
        while (sessions.size() >= MOST) {
            oldest.next().over = true;
            oldest.remove();
        }
    }

    private static boolean expired(Session session, Instant now) {
        return now.isAfter(session.end) || now.isAfter(session.used.plus(IDLE));
    }

    private static String key(String id) {
        return HexFormat.of().formatHex(Token.sha256(id));
    }
}
