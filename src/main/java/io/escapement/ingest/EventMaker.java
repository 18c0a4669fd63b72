package io.escapement.ingest;

import io.escapement.event.OwnFields;
import io.escapement.event.Phase;
import io.escapement.event.PointVerdict;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Stamp;
import io.escapement.event.StopReason;
import io.escapement.event.Values;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Makes the event of a line. Not thread-safe. */
final class EventMaker {

    private static final List<String> KINDS =
            List.of("iteration", "heartbeat", "message", "phase", "escape", "stationary", "verdict");

    /** Of a heartbeat that does not say when the next event is due. */
    private static final Duration UNPROMISED = Duration.ZERO;

    private static final PointVerdict UNJUDGED = new PointVerdict.Undecided("the program did not judge the point");

    private final Judgements judgements;

    /** @param judgements reads events with a judgement, which only programs of ours write */
    EventMaker(Judgements judgements) {
        this.judgements = judgements;
    }

    /** Whether a line of this kind tells of an iteration. */
    static boolean iterates(Draft draft) {
        return draft.kind.equals("iteration");
    }

    /** @throws BadLine if the kind is not known, or what it needs is absent or wrong */
    RunEvent event(Draft draft, Stamp stamp, byte[] bytes, int from, int to) {
        Values values = draft.values();
        return switch (draft.kind) {
            case "iteration" -> iteration(draft, stamp, values);
            case "heartbeat" -> new RunEvent.Heartbeat(stamp, draft.expectNext == null ? UNPROMISED : draft.expectNext);
            case "message" ->
                new RunEvent.Message(
                        stamp,
                        draft.texts.containsKey("level")
                                ? oneOf(draft, "level", RunEvent.Level.values(), EventMaker::label)
                                : RunEvent.Level.INFO,
                        needed(draft, "text"),
                        own(draft, true, "level", "text"));
            case "phase" ->
                new RunEvent.PhaseChange(
                        stamp,
                        oneOf(draft, "phase", Phase.values(), Phase::label),
                        draft.texts.getOrDefault("detail", ""),
                        own(draft, true, "phase", "detail"));
            case "escape" ->
                new RunEvent.Escape(
                        stamp,
                        needed(draft, "mechanism"),
                        oneOf(draft, "outcome", RunEvent.EscapeOutcome.values(), RunEvent.EscapeOutcome::label),
                        draft.texts.getOrDefault("detail", ""),
                        values,
                        draft.point,
                        Optional.ofNullable(draft.texts.get("type")),
                        own(draft, false, "mechanism", "outcome", "detail", "type"));
            case "stationary" -> judged(bytes, from, to);
            case "verdict" -> draft.judged ? judged(bytes, from, to) : end(draft, stamp, values);
            default ->
                throw new BadLine(
                        "kind is '" + draft.kind + "'; one of " + String.join(", ", KINDS) + " would be valid");
        };
    }

    private static RunEvent iteration(Draft draft, Stamp stamp, Values values) {
        if (values.size() == 0) {
            throw new BadLine("the line holds no figure; a number such as loss is needed");
        }
        return new RunEvent.Iteration(stamp, values, draft.point);
    }

    /**
     * What the line has that its event does not have itself.
     *
     * @param figures whether its figures are among that, since the event has no values
     * @param taken texts that the event has
     */
    private static OwnFields own(Draft draft, boolean figures, String... taken) {
        int numbers = figures ? draft.figures() : 0;
        if (draft.own.isEmpty() && draft.texts.size() <= 1 && numbers == 0) {
            return OwnFields.none();
        }
        OwnFields.Collector own = new OwnFields.Collector(draft.kind);
        List<String> has = Arrays.asList(taken);
        draft.texts.forEach((name, text) -> {
            if (!has.contains(name)) {
                add(draft, own, name, LineReader.quoted(text));
            }
        });
        draft.own.forEach((name, json) -> add(draft, own, name, json));
        Values values = draft.values();
        for (int i = 0; i < numbers; i++) {
            add(draft, own, values.names().get(i), LineReader.json(values.get(i)));
        }
        return own.fields();
    }

    private static void add(Draft draft, OwnFields.Collector own, String name, String json) {
        if (!own.add(name, json) && draft.lost == null) {
            draft.lost = name;
        }
    }

    private RunEvent judged(byte[] bytes, int from, int to) {
        try {
            return judgements.read(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new BadLine(e.getMessage());
        }
    }

    static RunEvent failed(Stamp stamp, String why) {
        return new RunEvent.Verdict(
                stamp,
                RunState.FAILED,
                new StopReason.Told(RunState.FAILED.label(), why),
                UNJUDGED,
                Values.none(),
                null);
    }

    private static RunEvent end(Draft draft, Stamp stamp, Values values) {
        RunState[] ends =
                Arrays.stream(RunState.values()).filter(RunState::canEnd).toArray(RunState[]::new);
        RunState state = oneOf(draft, "state", ends, RunState::label);
        String words = draft.texts.getOrDefault("text", draft.texts.getOrDefault("reason", ""));
        return new RunEvent.Verdict(
                stamp,
                state,
                new StopReason.Told(state.label(), words.isBlank() ? "the program says so: " + state.label() : words),
                UNJUDGED,
                values,
                draft.point,
                own(draft, false, "state", draft.texts.containsKey("text") ? "text" : "reason"));
    }

    private static String needed(Draft draft, String name) {
        String text = draft.texts.get(name);
        if (text == null || text.isBlank()) {
            throw new BadLine(name + " is absent; the kind '" + draft.kind + "' needs it as a text");
        }
        return text;
    }

    private static String label(RunEvent.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static <E> E oneOf(Draft draft, String name, E[] values, Function<E, String> label) {
        String text = needed(draft, name);
        for (E value : values) {
            if (label.apply(value).equals(text)) {
                return value;
            }
        }
        List<String> valid = Arrays.stream(values).map(label).toList();
        throw new BadLine(name + " is '" + text + "'; one of " + String.join(", ", valid) + " would be valid");
    }
}
