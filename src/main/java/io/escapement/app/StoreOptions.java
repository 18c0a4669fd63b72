package io.escapement.app;

import io.escapement.store.disk.StoreSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where runs are kept, and for how long. */
final class StoreOptions {

    private static final String NONE = "none";

    /** Stands for the directory of this user. */
    private static final String OWN = "own";

    private static final double MAX_DAYS = 1e6;
    private static final double MAX_GIGABYTES = 1e6;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            defaultValue = "${env:ESCAPEMENT_STORE:-${sys:escapement.store:-own}}",
            description = "directory in which every run is kept, with its history; several processes may share it; none: in"
                    + " memory only; own: that of this user, ~/.local/share/escapement (${DEFAULT-VALUE})")
    private String store;

    @Option(
            names = "--store-interval",
            paramLabel = "S",
            defaultValue = "${env:ESCAPEMENT_STORE_INTERVAL:-1}",
            description = "seconds between two writes, which is what a kill loses at most (${DEFAULT-VALUE})")
    private double interval;

    @Option(
            names = "--store-max-age",
            paramLabel = "DAYS",
            defaultValue = "${env:ESCAPEMENT_STORE_MAX_AGE:-365}",
            description = "days after which an ended run is deleted (${DEFAULT-VALUE})")
    private double maxAge;

    @Option(
            names = "--store-max-size",
            paramLabel = "GB",
            defaultValue = "${env:ESCAPEMENT_STORE_MAX_SIZE:-4}",
            description = "gigabytes beyond which the oldest ended runs are deleted (${DEFAULT-VALUE})")
    private double maxSize;

    static StoreOptions inMemory() {
        StoreOptions options = new StoreOptions();
        options.store = NONE;
        return options;
    }

    /** Empty for in memory only. */
    Optional<StoreSettings> settings() {
        if (store.equals(NONE)) {
            return Optional.empty();
        }
        Check.between("--store-interval", interval, 0.01, 3600);
        Check.between("--store-max-age", maxAge, 0, MAX_DAYS);
        Check.between("--store-max-size", maxSize, 0, MAX_GIGABYTES);
        return Optional.of(StoreSettings.in(directory())
                .withInterval(Duration.ofMillis((long) (1000 * interval)))
                .withLimits(Duration.ofMinutes((long) (24 * 60 * maxAge)), (long) (maxSize * 1e9)));
    }

    private Path directory() {
        if (store.equals(OWN)) {
            return own();
        }
        try {
            return Path.of(store);
        } catch (InvalidPathException e) {
            throw new InvalidOption(
                    "--store", "is '" + store + "', which is no path (" + e.getReason() + "); a directory, or none");
        }
    }

    /** By the convention of the system. */
    private static Path own() {
        String given = System.getenv("XDG_DATA_HOME");
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String local = windows ? System.getenv("LOCALAPPDATA") : null;
        if (given != null && !given.isBlank()) {
            return Path.of(given, "escapement");
        }
        return local != null
                ? Path.of(local, "escapement")
                : Path.of(System.getProperty("user.home"), ".local", "share", "escapement");
    }
}
