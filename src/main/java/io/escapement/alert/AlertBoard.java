package io.escapement.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which alerts fire, and which did lately. Every rule is asked about every run at each look; what it says is one alert for as
 * long as it says so, however often it is asked. A listener hears of each alert once when it fires and once when it is over. One that is
 * silenced is heard of when the silence ends and it still fires; an end is told only to whom the beginning was. Thread-safe; the
 * listener is called with the lock held and must be quick.
 */
public final class AlertBoard {

    /** How long an alert stands that the end of its run was about. */
    static final Duration AFTER_END = Duration.ofMinutes(10);

    private static final int RECENT = 200;
    private static final int MOST_SILENCES = 1000;

    private final Clock clock;
    private final Map<Rule, Duration> patience;
    private final Consumer<Alert> listener;
    private final Instant begun;
    private final Map<String, Track> tracks = new HashMap<>();
    private final Deque<Alert> recent = new ArrayDeque<>();
    private final List<Silence> silences = new ArrayList<>();
    private long silencesMade;
    private Instant lookedAt;

    /** What is remembered of a run. */
    private static final class Track {
        final Pace pace = new Pace();
        final Map<Rule, Instant> since = new EnumMap<>(Rule.class);
        final Map<Rule, Active> active = new EnumMap<>(Rule.class);
        Instant endedAt;
        boolean settled;
    }

    /** An alert that fires, and whether anybody was told. */
    private static final class Active {
        Alert alert;
        boolean told;
    }

    /**
     * @param patience how long a rule must hold before it fires; {@link Rule#patience} for those not in it
     * @param listener hears what is to be told
     */
    public AlertBoard(Clock clock, Map<Rule, Duration> patience, Consumer<Alert> listener) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.patience = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            Duration time = patience.getOrDefault(rule, rule.patience());
            if (time.isNegative()) {
                throw new IllegalArgumentException(
                        "patience with " + rule.label() + " is " + time + "; it cannot be negative");
            }
            this.patience.put(rule, time);
        }
        begun = clock.instant();
    }

    /** When the rules were last asked; empty before the first time. */
    public synchronized Optional<Instant> lookedAt() {
        return Optional.ofNullable(lookedAt);
    }

    public Duration patience(Rule rule) {
        return patience.get(rule);
    }

    /**
     * Asks all rules about all runs.
     *
     * @param runs by id; one that has ended and for which nothing fires is not looked at any more, unless it goes on
     */
    public synchronized void look(Map<String, Watched> runs) {
        Instant now = clock.instant();
        lookedAt = now;
        silences.removeIf(silence -> !now.isBefore(silence.until()));
        runs.forEach((id, run) -> {
            Track track = tracks.get(id);
            if (track == null || !track.settled || !run.ended()) {
                look(run.sighting(), now);
            }
        });
        Iterator<Map.Entry<String, Track>> known = tracks.entrySet().iterator();
        while (known.hasNext()) {
            Map.Entry<String, Track> entry = known.next();
            if (!runs.containsKey(entry.getKey())) {
                for (Active active : entry.getValue().active.values()) {
                    resolve(active, now, "The run is not in the list of runs any more.");
                }
                known.remove();
            }
        }
    }

    private void look(Sighting run, Instant now) {
        Track track = tracks.get(run.run());
        if (track == null) {
            track = new Track();
            // What ended before anybody looked is history.
            track.settled = run.ended() && run.started().isBefore(begun);
            tracks.put(run.run(), track);
            if (track.settled) {
                return;
            }
        }
        track.endedAt = !run.ended() ? null : track.endedAt == null ? now : track.endedAt;
        track.pace.see(run, now);
        boolean waits = false;
        for (Rule rule : Rule.values()) {
            Duration limit = patience.get(rule).plus(AFTER_END);
            boolean past = track.endedAt != null && !now.isBefore(track.endedAt.plus(limit));
            Optional<String> why = past ? Optional.empty() : rule.holds(run, track.pace);
            if (why.isPresent()) {
                holds(track, rule, run, why.get(), now);
                waits = true;
            } else {
                track.since.remove(rule);
                Active over = track.active.remove(rule);
                if (over != null) {
                    resolve(over, now, over(run, past));
                }
            }
        }
        track.settled = run.ended() && !waits;
    }

    private void holds(Track track, Rule rule, Sighting run, String why, Instant now) {
        Instant since = track.since.computeIfAbsent(rule, first -> now);
        Active active = track.active.get(rule);
        if (active == null) {
            if (now.isBefore(since.plus(patience.get(rule)))) {
                return;
            }
            active = new Active();
            active.alert = new Alert(rule, run.run(), run.name(), why, since, now, null, null);
            track.active.put(rule, active);
        } else {
            active.alert = active.alert.withSentence(why);
        }
        if (!active.told && !silenced(active.alert, now)) {
            active.told = true;
            listener.accept(active.alert);
        }
    }

    private static String over(Sighting run, boolean past) {
        if (past) {
            return "The run ended so long ago that nobody waits for it.";
        }
        return (run.ended() ? "The run has ended. " : "The run goes on. ") + run.sentence();
    }

    private void resolve(Active active, Instant now, String why) {
        Alert over = active.alert.resolved(now, why);
        recent.addFirst(over);
        if (recent.size() > RECENT) {
            recent.removeLast();
        }
        if (active.told) {
            listener.accept(over);
        }
    }

    /** Those that fire, the critical ones first and the newest of those first. */
    public synchronized List<Alert> firing() {
        List<Alert> all = new ArrayList<>();
        tracks.values().forEach(track -> track.active.values().forEach(active -> all.add(active.alert)));
        all.sort(Comparator.comparing((Alert alert) -> alert.rule().severity())
                .thenComparing(Comparator.comparing(Alert::firedAt).reversed())
                .thenComparing(Alert::run));
        return all;
    }

    /** Those that are over, the latest first; the latest {@value #RECENT} are kept. */
    public synchronized List<Alert> recent() {
        return List.copyOf(recent);
    }

    /** Until when nobody is told of this alert, at most; empty where it is not silenced. */
    public synchronized Optional<Instant> silencedUntil(Alert alert) {
        Instant now = clock.instant();
        return silences.stream()
                .filter(silence -> silence.covers(alert, now))
                .map(Silence::until)
                .max(Comparator.naturalOrder());
    }

    private boolean silenced(Alert alert, Instant now) {
        return silences.stream().anyMatch(silence -> silence.covers(alert, now));
    }

    /**
     * Keeps alerts from being told.
     *
     * @param run id, or null for every run
     * @param rule or null for every rule
     * @throws IllegalArgumentException if the time is over, or there are too many
     */
    public synchronized Silence silence(String run, Rule rule, Instant until) {
        Instant now = clock.instant();
        silences.removeIf(silence -> !now.isBefore(silence.until()));
        if (!now.isBefore(until)) {
            throw new IllegalArgumentException("until is " + until + "; a time after " + now + " is needed");
        }
        if (silences.size() >= MOST_SILENCES) {
            throw new IllegalArgumentException("there are " + MOST_SILENCES + " silences, which is the most");
        }
        Silence made = new Silence("s" + ++silencesMade, run, rule, until);
        silences.add(made);
        return made;
    }

    /** Ends a silence; returns whether there was one. */
    public synchronized boolean lift(String id) {
        return silences.removeIf(silence -> silence.id().equals(id));
    }

    /** Those in force. */
    public synchronized List<Silence> silences() {
        Instant now = clock.instant();
        return silences.stream()
                .filter(silence -> now.isBefore(silence.until()))
                .toList();
    }
}
