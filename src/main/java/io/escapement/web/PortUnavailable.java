package io.escapement.web;

import java.io.IOException;
import java.util.Locale;

/** The server cannot listen where it should. The message says what to do. */
public final class PortUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    PortUnavailable(String host, int port, Throwable cause) {
        super(message(host, port, cause), cause);
        this.host = host;
        this.port = port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    private static String message(String host, int port, Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        String small = why.toLowerCase(Locale.ROOT);
        if (small.contains("in use")) {
            return "port " + port + " on " + host
                    + " is taken by another program; give a free one with --port, or --port 0" + " to have one chosen";
        }
        if (small.contains("denied")) {
            return "port " + port + " on " + host
                    + " may not be opened by this user; give one from 1024 up with --port";
        }
        if (small.contains("assign")) {
            return host + " is not an address of this machine; give one with --bind, for example 127.0.0.1";
        }
        return "cannot listen on " + host + " port " + port + ": " + why;
    }
}
