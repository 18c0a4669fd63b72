package io.escapement.web;

import io.escapement.ingest.ExternalRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whoever keeps the runs that other programs feed. Must not block for long, unless a method says so. */
public interface ExternalDesk {

    /**
     * What a program tells of its run before the first event.
     *
     * @param name empty for one that is made up
     * @param problem what it solves, or empty
     * @param solver how, or empty
     * @param command that repeats it, or empty
     * @param tags in its own words
     * @param settings in its own words
     * @param figures names of the figures that its iterations will carry, as far as it says
     */
    record Registration(
            String name,
            String problem,
            String solver,
            String command,
            List<String> tags,
            Map<String, String> settings,
            List<String> figures,
            long seed) {
        public Registration {
            tags = List.copyOf(tags);
            settings = Map.copyOf(settings);
            figures = List.copyOf(figures);
        }
    }

    /**
     * Registers a run; it is in the catalogue by then.
     *
     * @throws TooMany if so many go on already that there is no room for another
     */
    String register(Registration registration) throws TooMany;

    /** A run that a program feeds; empty where there is none, or nothing has come of it in this session. Does not block. */
    Optional<ExternalRun> find(String run);

    /**
     * A run that a program feeds; one of an earlier session goes on here. May read from a disk and wait for it.
     *
     * @return empty where there is no run that another program could go on with
     * @throws TooMany if so many go on already that there is no room for another
     * @throws NotNow if it cannot go on at this moment
     */
    Optional<ExternalRun> takeUp(String run) throws TooMany, NotNow;

    /** Why a run of an earlier session cannot go on yet. */
    final class NotNow extends Exception {
        private static final long serialVersionUID = 1L;

        public NotNow(String message) {
            super(message);
        }
    }

    /** There is no room. */
    final class TooMany extends Exception {
        private static final long serialVersionUID = 1L;

        public TooMany(String message) {
            super(message);
        }
    }
}
