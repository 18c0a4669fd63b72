package io.escapement.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Query parameters with errors that name them. */
final class Query {

    private Query() {}

    /** The parameter, or {@code absent} where it is not given. */
    static long integer(RoutingContext context, String name, long least, long most, long absent) throws InvalidRequest {
        String text = context.queryParams().get(name);
        if (text == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new InvalidRequest(
                name, name + " is '" + text + "'; a whole number from " + least + " to " + most + " would be valid");
    }

    /** A comma-separated list; empty where it is not given. */
    static Set<String> names(RoutingContext context, String name) {
        String text = context.queryParams().get(name);
        return text == null || text.isBlank() ? Set.of() : new HashSet<>(Arrays.asList(text.split(",", -1)));
    }
}
