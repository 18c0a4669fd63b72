package io.escapement.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class StorePlace {

    private static final String NONE = "none";

    /** Stands for the directory of this user. */
    private static final String OWN = "own";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            defaultValue = "${env:ESCAPEMENT_STORE:-${sys:escapement.store:-own}}",
            description =
                    "directory in which every run is kept with its history; several processes may share it. none: in"
                            + " memory only; own: that of this user, ~/.local/share/escapement (${DEFAULT-VALUE})")
    private String store;

    static StorePlace none() {
        StorePlace place = new StorePlace();
        place.store = NONE;
        return place;
    }

    /** Empty for in memory only. */
    Optional<Path> directory() {
        if (store.equals(NONE)) {
            return Optional.empty();
        }
        if (store.equals(OWN)) {
            return Optional.of(own());
        }
        try {
            return Optional.of(Path.of(store));
        } catch (InvalidPathException e) {
            throw new InvalidOption(
                    "--store",
                    "is '" + store + "', which is no path (" + e.getReason() + "); a directory, own or none is needed");
        }
    }

    /** By the convention of the system. */
    private static Path own() {
        String given = System.getenv("XDG_DATA_HOME");
        if (given != null && !given.isBlank()) {
            return Path.of(given, "escapement");
        }
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String local = windows ? System.getenv("LOCALAPPDATA") : null;
        return local != null
                ? Path.of(local, "escapement")
                : Path.of(System.getProperty("user.home"), ".local", "share", "escapement");
    }
}
