package io.escapement.meter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the values of a label few: new ones are admitted up to a number, then called "other". Thread-safe. */
final class ClosedLabels {

    private static final int MAX_LENGTH = 64;
    private static final String OTHER = "other";

    private final int most;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();

    ClosedLabels(int most) {
        this.most = most;
    }

    String of(String name) {
        if (admitted.contains(name)) {
            return name;
        }
        if (name.isBlank() || name.length() > MAX_LENGTH) {
            return OTHER;
        }
        synchronized (admitted) {
            if (admitted.size() >= most && !admitted.contains(name)) {
                return OTHER;
            }
            admitted.add(name);
            return name;
        }
    }
}
