package io.escapement.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Query parameters with errors that name them. A route has those that it was mounted with and no others: a request with another is
 * refused, for a filter with a typing error would let everything through, and a handler that reads another fails in every test of it.
 */
final class Query {

    private static final String KNOWN = "escapement.query";

    private Query() {}

    /** Lets through requests with no other parameters than these, and refuses all others. */
    static Handler<RoutingContext> only(Set<String> known) {
        return context -> {
            context.put(KNOWN, known);
            List<InvalidRequest.FieldError> errors = new ArrayList<>();
            for (String name : context.queryParams().names()) {
                if (!known.contains(name)) {
                    errors.add(new InvalidRequest.FieldError(name, unknown(name, known)));
                }
            }
            if (errors.isEmpty()) {
                context.next();
            } else {
                Parting.refuse(context, Problem.of(new InvalidRequest(errors)));
            }
        };
    }

    private static String unknown(String name, Set<String> known) {
        return name + " is no parameter here; "
                + (known.isEmpty() ? "there are none" : String.join(", ", new TreeSet<>(known)) + " would be");
    }

    /** The parameter as it was sent, or null where it was not. */
    static String text(RoutingContext context, String name) {
        Set<String> known = context.get(KNOWN);
        if (known == null || !known.contains(name)) {
            throw new IllegalStateException(
                    "the parameter " + name + " is read by a route that was not mounted with it");
        }
        return context.queryParams().get(name);
    }

    /** The parameter, or {@code absent} where it is not given. */
    static long integer(RoutingContext context, String name, long least, long most, long absent) throws InvalidRequest {
        String text = text(context, name);
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
        String text = text(context, name);
        return text == null || text.isBlank() ? Set.of() : new HashSet<>(Arrays.asList(text.split(",", -1)));
    }
}
