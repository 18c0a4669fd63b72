package io.escapement.grafana;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be told of an expression without a parser: which series it selects, by which labels, and over which ranges. */
public final class PromQl {

    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "start", "end");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");
    private static final Pattern LABELS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\b\\s*(\\([^)]*\\))?");

    /** A name, what is in braces behind it, and what is in brackets behind those. */
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?\\s*(\\[[^]]*])?(\\s*\\()?");

    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(\\d+)");

    private PromQl() {}

    /**
     * Series that an expression selects.
     *
     * @param matchers by label, with the operator before the value
     * @param range such as 5m, or null
     * @param function the innermost that it is in, or null
     */
    public record Selector(String metric, Map<String, String> matchers, String range, String function) {}

    public static List<Selector> selectors(String expression) {
        List<String> strings = new ArrayList<>();
        // Strings may hold anything, so that their place is taken by their number.
        String plain = STRING.matcher(expression).replaceAll(match -> {
            strings.add(match.group().substring(1, match.group().length() - 1));
            return Integer.toString(strings.size() - 1);
        });
        plain = LABELS.matcher(plain.replaceAll("\\$\\{?\\w+}?", "0")).replaceAll(" ");
        List<Selector> found = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        Matcher matcher = SELECTOR.matcher(plain);
        int at = 0;
        while (at < plain.length()) {
            char c = plain.charAt(at);
            matcher.region(at, plain.length());
            if (Character.isDigit(c)) {
                // A number, perhaps with a unit.
                while (at < plain.length()
                        && (Character.isLetterOrDigit(plain.charAt(at)) || plain.charAt(at) == '.')) {
                    at++;
                }
            } else if (matcher.lookingAt()) {
                boolean call = matcher.group(4) != null;
                if (call) {
                    functions.add(matcher.group(1));
                } else if (!WORDS.contains(matcher.group(1))) {
                    found.add(selector(matcher, strings, functions));
                }
                at = matcher.end();
            } else {
                if (c == '(') {
                    functions.add(null);
                } else if (c == ')') {
                    functions.remove(functions.size() - 1);
                } else if (c == '[') {
                    // A subquery's range.
                    at = plain.indexOf(']', at);
                }
                at++;
            }
        }
        return found;
    }

    private static Selector selector(Matcher matcher, List<String> strings, List<String> functions) {
        Map<String, String> matchers = new LinkedHashMap<>();
        Matcher labels = MATCHER.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (labels.find()) {
            matchers.put(labels.group(1), labels.group(2) + strings.get(Integer.parseInt(labels.group(3))));
        }
        String range = matcher.group(3);
        return new Selector(
                matcher.group(1),
                matchers,
                range == null ? null : range.substring(1, range.length() - 1),
                functions.isEmpty() ? null : functions.get(functions.size() - 1));
    }
}
