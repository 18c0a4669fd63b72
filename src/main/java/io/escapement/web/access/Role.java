package io.escapement.web.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody may do. Reading and feeding are apart: a token that lies in a training job's environment lets nobody read
 * what others run, and one for a screen on the wall lets nobody write. Whoever controls may do both.
 */
public enum Role {
    /** What needs no token: the page's files, which hold nothing of any run, and signs of life. */
    ANYBODY,
    /** Look at every run, its series, alerts and metrics. */
    READ,
    /** Register runs of other programs and send their events. */
    INGEST,
    /** Everything: start, command, label and delete runs, silence alerts. */
    CONTROL;

    /** Whether one who has this role may do what needs the other. */
    public boolean allows(Role needed) {
        return needed == ANYBODY || needed == this || this == CONTROL;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that a token can give. */
    public static List<String> labels() {
        return Arrays.stream(values())
                .filter(role -> role != ANYBODY)
                .map(Role::label)
                .toList();
    }

    /** The role of a token by its label. */
    public static Optional<Role> of(String label) {
        return Arrays.stream(values())
                .filter(role -> role != ANYBODY && role.label().equals(label))
                .findFirst();
    }
}
