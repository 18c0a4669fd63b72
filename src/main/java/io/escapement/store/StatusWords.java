package io.escapement.store;

import io.escapement.event.Figures;
import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import java.util.Locale;
import java.util.Optional;

/** A status in words: a title, and a sentence that gives the reason. */
final class StatusWords {

    private final StatusTracker facts;

    StatusWords(StatusTracker facts) {
        this.facts = facts;
    }

    String title() {
        if (facts.newest == null) {
            return "Queued";
        }
        if (facts.verdict != null) {
            PointVerdict verdict = facts.verdict.verdict();
            return verdict instanceof PointVerdict.Undecided ? title(facts.verdict.state()) : verdict.title();
        }
        if (facts.phase == Phase.PAUSED) {
            return "Paused";
        }
        if (facts.judged != null) {
            return facts.judged.verdict().title();
        }
        return switch (facts.phase) {
            case TRIAL -> facts.trial == null ? "On trial" : "Trying " + facts.trial.mechanism();
            case JUDGE -> "Judging";
            case ESCAPE -> "Escaping";
            case FINISH -> "Finishing";
            default -> "Descending";
        };
    }

    String sentence() {
        if (facts.newest == null) {
            return "Waiting for its first event.";
        }
        if (facts.verdict != null) {
            return ended(facts.verdict);
        }
        if (facts.phase == Phase.PAUSED) {
            return detail().orElse("Paused.") + " " + upper(position()) + ".";
        }
        if (facts.judged != null) {
            return facts.judged.verdict().sentence() + wayOut();
        }
        return switch (facts.phase) {
            case TRIAL -> trial();
            case JUDGE -> detail().orElse("Judging the point: " + position() + ".");
            case ESCAPE -> detail().orElse("Looking for a way out: " + position() + ".");
            case FINISH -> detail().orElse("Finishing: " + position() + ".");
            default -> "Descending: " + position() + ".";
        };
    }

    private static String ended(RunEvent.Verdict end) {
        String reason = closed(end.reason().sentence());
        if (!(end.verdict() instanceof PointVerdict.Undecided)) {
            return end.verdict().sentence() + " End of the run: " + reason;
        }
        return end.reason().atRest() ? upper(reason) + " " + end.verdict().sentence() : upper(reason);
    }

    private static String title(RunState state) {
        return switch (state) {
            case LIMIT -> "Stopped at a limit";
            case CANCELLED -> "Stopped";
            default -> upper(state.label());
        };
    }

    /** What the newest escape attempt at a judged point says. */
    private String wayOut() {
        RunEvent.Escape escape = facts.escape;
        if (escape == null) {
            return facts.phase == Phase.ESCAPE ? " Looking for a way out." : "";
        }
        String what = switch (escape.outcome()) {
            case PROPOSED -> " Trying ";
            case ACCEPTED -> " Left a trap by ";
            case REJECTED -> " Back from a trial of ";
            case REFUSED -> " No way out by ";
        };
        return what + escape.mechanism() + ": " + closed(escape.detail());
    }

    private String trial() {
        RunEvent.Escape trial = facts.trial;
        if (trial == null) {
            return detail().orElse("On trial: " + position() + ".");
        }
        long done = facts.newest.stamp().iteration() - trial.stamp().iteration();
        String trap = facts.trap == null ? "" : known(facts.trap.values(), Values.LOSS, "; the trap's loss is ");
        return "Trying " + trial.mechanism() + ": " + figures() + "after " + count(done, "iteration") + " of the trial"
                + trap + ". " + upper(closed(trial.detail()));
    }

    /** "loss 0.33, gradient norm 1.00e-03 after 120 iterations and 1 escape". */
    private String position() {
        return figures() + "after " + count(facts.newest.stamp().iteration(), "iteration")
                + (facts.escapes == 0 ? "" : " and " + count(facts.escapes, "escape"));
    }

    private String figures() {
        if (facts.iteration == null) {
            return "";
        }
        Values values = facts.iteration.values();
        String loss = known(values, Values.LOSS, "loss ");
        String norm = known(values, Values.GRADIENT_NORM, "gradient norm ");
        String both = loss + (loss.isEmpty() || norm.isEmpty() ? "" : ", ") + norm;
        return both.isEmpty() ? "" : both + " ";
    }

    private static String known(Values values, String name, String before) {
        return values.has(name) ? before + Figures.of(values.getOr(name, Double.NaN)) : "";
    }

    private static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    /** What the newest phase change says. */
    private Optional<String> detail() {
        RunEvent.PhaseChange change = facts.phaseChange;
        return change == null
                        || change.phase() != facts.phase
                        || change.detail().isBlank()
                ? Optional.empty()
                : Optional.of(upper(closed(change.detail())));
    }

    private static String closed(String sentence) {
        String text = sentence.strip();
        return text.isEmpty() || text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }

    private static String upper(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
