package io.escapement.web;

import io.escapement.store.RunOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place of a run in an order as an opaque text. In the order of start it is the run's id. Otherwise, in base64, a letter for the kind
 * of the key (- for none, t for a text, n for a number), the id, a line feed and the key.
 */
final class Cursor {

    private Cursor() {}

    static String text(RunOrder.Place place, RunOrder order) {
        if (order.by() == RunOrder.Column.STARTED) {
            return place.id();
        }
        Object key = place.key();
        String kind = key == null ? "-" : key instanceof String ? "t" : "n";
        String plain = kind + place.id() + "\n" + (key == null ? "" : key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidRequest if the text is none that {@link #text} has made in such an order */
    static RunOrder.Place read(String text, RunOrder order) throws InvalidRequest {
        if (order.by() == RunOrder.Column.STARTED) {
            return new RunOrder.Place(text, text);
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int feed = plain.indexOf('\n');
            String id = plain.substring(1, feed);
            String key = plain.substring(feed + 1);
            boolean numbers = order.numeric();
            switch (plain.charAt(0)) {
                case '-' -> {
                    return new RunOrder.Place(null, id);
                }
                case 't' -> {
                    if (!numbers) {
                        return new RunOrder.Place(key, id);
                    }
                }
                case 'n' -> {
                    if (numbers) {
                        return new RunOrder.Place(Double.valueOf(key), id);
                    }
                }
                default -> {
                    // Said below.
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Said below.
        }
        throw new InvalidRequest(
                "cursor", "cursor is '" + text + "'; the next of an answer in the same order would be valid");
    }
}
