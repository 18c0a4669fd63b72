package io.escapement.experiment;

import java.util.Map;
import java.util.Optional;

/** Where finished trials are kept, so that none is done twice. Thread-safe. */
public interface Ledger {

    /**
     * Names a trial for ever.
     *
     * @param settings of the experiment
     */
    record Key(String experiment, int version, Map<String, String> settings, String cell, long seed) {
        public Key {
            settings = Map.copyOf(settings);
        }
    }

    Optional<Outcome> find(Key key);

    /** Keeps an outcome; when this returns, it survives the end of the process. */
    void append(Key key, Outcome outcome);
}
