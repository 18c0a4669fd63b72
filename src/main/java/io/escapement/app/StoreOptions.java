package io.escapement.app;

import io.escapement.store.disk.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where runs are kept, and for how long. */
final class StoreOptions {

    private static final double MAX_DAYS = 1e6;
    private static final double MAX_GIGABYTES = 1e6;

    @Mixin
    private StorePlace place;

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
        options.place = StorePlace.none();
        return options;
    }

    /** Empty for in memory only. */
    Optional<StoreSettings> settings() {
        Optional<Path> directory = place.directory();
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        Check.between("--store-interval", interval, 0.01, 3600);
        Check.between("--store-max-age", maxAge, 0, MAX_DAYS);
        Check.between("--store-max-size", maxSize, 0, MAX_GIGABYTES);
        return Optional.of(StoreSettings.in(directory.get())
                .withInterval(Duration.ofMillis((long) (1000 * interval)))
                .withLimits(Duration.ofMinutes((long) (24 * 60 * maxAge)), (long) (maxSize * 1e9)));
    }
}
