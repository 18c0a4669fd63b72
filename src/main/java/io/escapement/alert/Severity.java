package io.escapement.alert;

import java.util.Locale;

/** How much an alert matters. */
public enum Severity {
    CRITICAL,
    WARNING;

    /** Name on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
