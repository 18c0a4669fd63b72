package io.escapement.stop;

import io.escapement.event.Improvement;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run of another program stands at this moment. Three clocks tell, all by the time at which something arrived, so that
 * the program's clock need not be right, and all by a steady clock, so that ours need not be either: the last sign of life,
 * the last event that was more than that, and the last
 * improvement of the best loss or gradient norm. In this order:
 *
 * <ul>
 *   <li>Lost: no sign for {@code lostAfter}, or for {@code patience} times what the newest heartbeat promised if that is
 *       longer.
 *   <li>Diverged: {@link RunWatch} says so.
 *   <li>Quiet: nothing but heartbeats for longer than they promise, {@code quietAfter} where none did.
 *   <li>Stalled: {@link RunWatch} says so.
 *   <li>Running otherwise. Each is left as soon as what made it so is over.
 * </ul>
 *
 * <p>One thread sees events, any number may ask.
 */
public final class RunClocks {

    private final Clock clock;
    private final Settings settings;
    private final RunWatch watch;
    private final Improvement lossImproves = new Improvement();
    private final Improvement gradientImproves = new Improvement();
    private Instant sign;
    private Instant event;
    private Instant improvement;
    private Duration promised = Duration.ZERO;
    private boolean paused;
    private boolean ended;

    /**
     * What counts as silence.
     *
     * @param quietAfter where no heartbeat promised anything
     * @param lostAfter at least
     * @param patience multiples of what was promised after which a run is lost, if that is longer
     */
    public record Settings(Duration quietAfter, Duration lostAfter, int patience) {

        public static final Settings STANDARD = new Settings(Duration.ofSeconds(30), Duration.ofSeconds(60), 3);

        public Settings {
            if (quietAfter.isNegative() || quietAfter.isZero() || lostAfter.compareTo(quietAfter) < 0) {
                throw new IllegalArgumentException("quietAfter is " + quietAfter + " and lostAfter " + lostAfter
                        + "; a positive time, and one that is not shorter, are needed");
            }
            if (patience < 1) {
                throw new IllegalArgumentException("patience is " + patience + "; at least 1 is needed");
            }
        }
    }

    /**
     * How the run stands.
     *
     * @param sentence why, one or more sentences; empty while it is running
     * @param silence since the last sign of life
     */
    public record Standing(RunState state, String sentence, Duration silence) {}

    /** @param clock a steady one, which moves on with the time that passes and is never corrected */
    public RunClocks(Clock clock, Settings settings, RunWatch watch) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.watch = Objects.requireNonNull(watch, "watch");
        sign = clock.instant();
        event = sign;
    }

    /** Sees the next event of the run; what has changed with it, if anything. */
    public synchronized Optional<RunWatch.Finding> see(RunEvent next) {
        Instant now = clock.instant();
        sign = now;
        if (next instanceof RunEvent.Heartbeat heartbeat) {
            promised = heartbeat.expectNext();
        } else {
            event = now;
        }
        if (next instanceof RunEvent.Iteration iteration) {
            paused = false;
            // Both are asked, as both remember.
            boolean loss = lossImproves.offer(iteration.values().getOr(Values.LOSS, Double.NaN));
            if (gradientImproves.offer(iteration.values().getOr(Values.GRADIENT_NORM, Double.NaN)) || loss) {
                improvement = now;
            }
        } else if (next instanceof RunEvent.PhaseChange change) {
            paused = change.phase() == Phase.PAUSED;
        } else if (next instanceof RunEvent.Verdict) {
            ended = true;
        }
        return ended ? Optional.empty() : watch.see(next);
    }

    /**
     * What another process saw of the run, before this sees its next event.
     *
     * @param seen iterations, in order, as far as they are known
     * @param since the last improvement; empty if that is not known
     * @param isPaused whether the program said so last
     */
    public synchronized void recall(List<RunEvent.Iteration> seen, Optional<Duration> since, boolean isPaused) {
        seen.forEach(this::see);
        improvement = since.map(clock.instant()::minus).orElse(null);
        paused = isPaused;
    }

    /** How it stands; running where the run has ended, because then its verdict tells. */
    public synchronized Standing now() {
        Instant now = clock.instant();
        Duration silence = since(sign, now);
        if (ended) {
            return new Standing(RunState.RUNNING, "", silence);
        }
        Duration lost = max(settings.lostAfter, promised.multipliedBy(settings.patience));
        if (silence.compareTo(lost) > 0) {
            return new Standing(
                    RunState.LOST,
                    "Nothing has been heard of the program for " + words(silence) + ", no heartbeat either; more than "
                            + words(lost) + " is too long." + found(now),
                    silence);
        }
        RunWatch.Finding finding = watch.now();
        if (finding.kind().state() == RunState.DIVERGED) {
            return new Standing(RunState.DIVERGED, upper(finding.sentence()) + ".", silence);
        }
        Duration due = promised.isZero() ? settings.quietAfter : promised;
        Duration pause = since(event, now);
        if (!paused && pause.compareTo(due) > 0) {
            String alive = pause.equals(silence)
                    ? " No heartbeat has come since."
                    : " Its heartbeat is there, the last one " + words(silence) + " ago.";
            return new Standing(
                    RunState.QUIET,
                    "No event has come for " + words(pause) + ", and one was due after " + words(due) + "." + alive
                            + found(now),
                    silence);
        }
        if (!paused && finding.kind().state() == RunState.STALLED) {
            return new Standing(RunState.STALLED, found(now).strip(), silence);
        }
        return new Standing(RunState.RUNNING, "", silence);
    }

    /** What the watch has found, with the time since the last improvement. */
    private String found(Instant now) {
        RunWatch.Finding finding = watch.now();
        if (finding.kind() == RunWatch.Kind.RUNNING) {
            return "";
        }
        String since =
                improvement == null ? "" : " The last improvement was " + words(since(improvement, now)) + " ago.";
        return " " + upper(finding.sentence()) + "." + since;
    }

    /** In steps that grow with it, so that a sentence does not change all the time. */
    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return seconds + " s";
        }
        if (seconds < 120) {
            return seconds / 5 * 5 + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds / 3600 + " h";
    }

    private static Duration since(Instant then, Instant now) {
        Duration time = Duration.between(then, now);
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static String upper(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
