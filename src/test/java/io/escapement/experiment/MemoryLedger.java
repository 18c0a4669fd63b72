package io.escapement.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps outcomes as long as it lives. */
final class MemoryLedger implements Ledger {

    final Map<Key, Outcome> outcomes = new ConcurrentHashMap<>();

    @Override
    public Optional<Outcome> find(Key key) {
        return Optional.ofNullable(outcomes.get(key));
    }

    @Override
    public void append(Key key, Outcome outcome) {
        outcomes.put(key, outcome);
    }
}
