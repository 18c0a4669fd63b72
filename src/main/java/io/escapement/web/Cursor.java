package io.escapement.web;

import io.escapement.store.RunOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place of a run in an order as an opaque text: in base64, a letter for the kind of the key (s where runs are in the order of start, so
 * that the id is all there is; otherwise - for none, t for a text, n for a number), the id, a line feed and the key.
 */
final class Cursor {

    private Cursor() {}

    static String text(RunOrder.Place place, RunOrder order) {
        boolean started = order.by() == RunOrder.Column.STARTED;
        Object key = started ? null : place.key();
        String kind = started ? "s" : key == null ? "-" : key instanceof String ? "t" : "n";
        String plain = kind + place.id() + "\n" + (key == null ? "" : key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidRequest if the text is none that {@link #text} has made in such an order */
    static RunOrder.Place read(String text, RunOrder order) throws InvalidRequest {
        boolean started = order.by() == RunOrder.Column.STARTED;
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int feed = plain.indexOf('\n');
            String id = plain.substring(1, feed);
            String key = plain.substring(feed + 1);
            boolean numbers = order.numeric();
            switch (plain.charAt(0)) {
                case 's' -> {
                    if (started && !id.isEmpty() && key.isEmpty()) {
                        return new RunOrder.Place(id, id);
                    }
                }
                case '-' -> {
                    if (!started) {
                        return new RunOrder.Place(null, id);
                    }
                }
                case 't' -> {
                    if (!numbers && !started) {
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
