package io.escapement.store.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.event.RunEvent;
import io.escapement.event.Stamp;
import io.escapement.store.EventJson;
import io.escapement.store.MalformedEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads landmarks that another version of this program may have written. One whose figures are not those of this version
 * is shown as a message with its sentence.
 */
final class StoredEvent {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double NANOS = 1e9;

    private StoredEvent() {}

    static Optional<RunEvent> read(String text) {
        try {
            return Optional.of(EventJson.read(text).event());
        } catch (MalformedEvent e) {
            return asMessage(text);
        }
    }

    private static Optional<RunEvent> asMessage(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            Stamp stamp = new Stamp(
                    tree.path("attempt").asInt(1),
                    tree.path("seq").asLong(),
                    tree.path("iteration").asLong(),
                    tree.path("segment").asInt(),
                    Instant.parse(tree.path("time").asText()),
                    Duration.ofNanos((long) (tree.path("elapsed").asDouble() * NANOS)));
            StringBuilder words = new StringBuilder(tree.path("kind").asText()).append(':');
            for (String field : new String[] {"mechanism", "outcome", "sentence", "reason", "detail", "text"}) {
                if (tree.path(field).isTextual()) {
                    words.append(' ').append(tree.path(field).textValue());
                }
            }
            return Optional.of(new RunEvent.Message(stamp, RunEvent.Level.INFO, words.toString()));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
