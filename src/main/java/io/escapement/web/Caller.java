package io.escapement.web;

import io.escapement.web.access.Role;
import io.escapement.web.access.Sessions;
import io.escapement.web.access.Token;

/**
 * Whoever sends a request.
 *
 * @param name of the token; empty for somebody who has shown none
 * @param session null unless it is a browser that has signed in
 */
record Caller(String name, Role role, Sessions.Session session) {

    /** Somebody where no token is needed. */
    static final Caller OWNER = new Caller("", Role.CONTROL, null);

    static final Caller NOBODY = new Caller("", Role.ANYBODY, null);

    static Caller of(Token token) {
        return new Caller(token.name(), token.role(), null);
    }

    static Caller of(Sessions.Session session) {
        return new Caller(session.token().name(), session.token().role(), session);
    }
}
