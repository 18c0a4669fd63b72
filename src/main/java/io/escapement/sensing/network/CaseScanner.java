package io.escapement.sensing.network;

import io.escapement.sensing.file.MalformedInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fields of the struct that a MATPOWER case file returns, as far as they are written as literals: a number, a string, a
 * matrix of numbers. Comments (% to the end of the line, %{ %} blocks), continuation by ..., commas or blanks between entries,
 * semicolons or line ends between rows, as in MATLAB. Other statements are skipped.
 *
 * <p>Over the usual length because one cursor over the text carries every rule of the format, and each has its own error.
 */
final class CaseScanner {

    private static final char END = '\uFFFF';
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eEdD][+-]?\\d+)?");
    private static final Pattern SPECIAL = Pattern.compile("([+-]?)(inf|nan)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION = Pattern.compile("function\\s+(\\w+)\\s*=.*");
    private static final int SHOWN = 40;

    private final String file;
    private final String text;
    private final Set<String> wanted;
    private final Map<String, Value> fields = new LinkedHashMap<>();
    private String struct = "mpc";
    private int position;
    private long line = 1;
    /** Entries on the current line so far. */
    private int column;

    /** What stands at a place of the file. */
    record Cell(double number, String text, long line, int column) {}

    /**
     * A value of a field.
     *
     * @param rows of a matrix; one row of one cell for a number or a string
     * @param line where it begins
     */
    record Value(List<List<Cell>> rows, boolean matrix, long line) {}

    /** @param wanted fields that are read */
    CaseScanner(String file, String text, Set<String> wanted) {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.wanted = wanted;
    }

    /** The wanted fields that there are; the last value where one is set twice. */
    Map<String, Value> fields() throws MalformedInput {
        skipToStatement();
        while (peek() != END) {
            statement();
            skipToStatement();
        }
        return fields;
    }

    /** Name of the struct, {@code mpc} unless the function's line says otherwise. */
    String struct() {
        return struct;
    }

    MalformedInput malformed(long at, int number, String problem) {
        return new MalformedInput(file, at, number, problem);
    }

    static String quote(String found) {
        StringBuilder shown = new StringBuilder("\"");
        found.codePoints()
                .limit(SHOWN)
                .forEach(c ->
                        shown.append(Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c)));
        return shown.append(found.length() > SHOWN ? "…\"" : "\"").toString();
    }

    private void statement() throws MalformedInput {
        long start = line;
        String head = head();
        if (peek() != '=' || peek(1) == '=') {
            skipStatement();
            return;
        }
        if (head.matches("function\\b.*")) {
            Matcher matcher = FUNCTION.matcher(head + "=");
            if (!matcher.matches()) {
                throw malformed(
                        start,
                        0,
                        "the function returns " + quote(head.substring(8).strip())
                                + "; a case of version 2 returns one struct, as in function mpc = case9");
            }
            struct = matcher.group(1);
            skipStatement();
            return;
        }
        String name = head.replaceFirst("^" + struct + "\\s*\\.\\s*", "");
        String field = name.replaceFirst("[\\s(.{].*", "");
        if (name.equals(head) || !wanted.contains(field)) {
            skipStatement();
            return;
        }
        if (!name.equals(field)) {
            throw malformed(start, 0, quote(head) + " is set by a statement of its own; " + literal(field));
        }
        next();
        fields.put(field, value(field));
        skipBlanks();
        if (!atEndOfStatement()) {
            throw malformed(
                    line, 0, quote(rest()) + " follows the value of " + struct + "." + field + "; " + literal(field));
        }
    }

    private String literal(String field) {
        return "only what is written out as numbers is read, as in " + struct + "." + field
                + (field.equals("baseMVA") ? " = 100;" : field.equals("version") ? " = '2';" : " = [ ... ];");
    }

    /** Up to an = or the end of the statement. */
    private String head() {
        int from = position;
        int depth = 0;
        while (peek() != END) {
            char c = peek();
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (c == '=' || c == '\n' || c == '%' || c == '\'' || c == '"' || (depth <= 0 && (c == ';' || c == ','))) {
                break;
            }
            next();
        }
        return text.substring(from, position).strip();
    }

    private Value value(String field) throws MalformedInput {
        skipBlanks();
        long start = line;
        char c = peek();
        if (c == '[') {
            next();
            return new Value(matrix(field, start), true, start);
        }
        if (c == '\'' || c == '"') {
            next();
            int from = position;
            while (peek() != c) {
                if (peek() == END || peek() == '\n') {
                    throw malformed(start, 0, "the string is not closed; " + c + " is needed before the line ends");
                }
                next();
            }
            String string = text.substring(from, position);
            next();
            return new Value(List.of(List.of(new Cell(Double.NaN, string, start, 0))), false, start);
        }
        String word = word();
        return new Value(List.of(List.of(number(word, start, 0, literal(field)))), false, start);
    }

    private List<List<Cell>> matrix(String field, long start) throws MalformedInput {
        List<List<Cell>> rows = new ArrayList<>();
        List<Cell> row = new ArrayList<>();
        boolean afterEntry = false;
        column = 0;
        while (true) {
            skipBlanks();
            char c = peek();
            if (c == END) {
                throw malformed(
                        start,
                        0,
                        "the matrix " + struct + "." + field + " that begins here is not closed; ] is"
                                + " needed after its last row");
            }
            if (c == ']' || c == ';' || c == '\n') {
                next();
                if (!row.isEmpty()) {
                    requireWidth(field, rows, row);
                    rows.add(row);
                    row = new ArrayList<>();
                }
                if (c == ']') {
                    return rows;
                }
                column = c == '\n' ? 0 : column;
                afterEntry = false;
            } else if (c == ',') {
                if (!afterEntry) {
                    throw malformed(line, column + 1, "a comma stands where an entry is needed");
                }
                next();
                afterEntry = false;
            } else {
                long at = line;
                column++;
                row.add(number(
                        word(), at, column, "a decimal number, Inf or NaN is needed here in " + struct + "." + field));
                afterEntry = true;
            }
        }
    }

    private void requireWidth(String field, List<List<Cell>> rows, List<Cell> row) throws MalformedInput {
        if (!rows.isEmpty() && rows.get(0).size() != row.size()) {
            throw malformed(
                    row.get(0).line(),
                    0,
                    "this row of " + struct + "." + field + " has " + row.size() + " entries; the first has "
                            + rows.get(0).size() + ", and all must have as many");
        }
    }

    private Cell number(String word, long at, int number, String needed) throws MalformedInput {
        if (NUMBER.matcher(word).matches()) {
            return new Cell(Double.parseDouble(word.replace('d', 'e').replace('D', 'e')), word, at, number);
        }
        Matcher special = SPECIAL.matcher(word);
        if (!special.matches()) {
            throw malformed(at, number, quote(word) + " is not a number; " + needed);
        }
        double value = special.group(2).toLowerCase(Locale.ROOT).equals("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
        return new Cell(special.group(1).equals("-") ? -value : value, word, at, number);
    }

    /** Up to a blank, separator, bracket that closes, comment or continuation; at least one character. */
    private String word() {
        int from = position;
        do {
            next();
        } while (peek() != END && " \t\n,;]%".indexOf(peek()) < 0 && !text.startsWith("...", position));
        return text.substring(from, position).strip();
    }

    /** Leaves the statement's end for {@link #skipToStatement}. Brackets, strings and comments may hold anything. */
    private void skipStatement() {
        int depth = 0;
        char before = ' ';
        while (peek() != END) {
            skipBlanks();
            char c = peek();
            if (depth <= 0 && atEndOfStatement()) {
                return;
            }
            // After a name, a bracket or another ' it transposes.
            boolean string =
                    c == '"' || (c == '\'' && !Character.isLetterOrDigit(before) && ")]}'_.".indexOf(before) < 0);
            next();
            if (string) {
                while (peek() != c && peek() != '\n' && peek() != END) {
                    next();
                }
                if (peek() == c) {
                    next();
                }
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            before = string ? ' ' : text.charAt(position - 1);
        }
    }

    private boolean atEndOfStatement() {
        return peek() == END || peek() == ';' || peek() == ',' || peek() == '\n';
    }

    private void skipToStatement() {
        while (true) {
            skipBlanks();
            if (peek() == END || !(atEndOfStatement() || Character.isWhitespace(peek()))) {
                return;
            }
            next();
        }
    }

    /** Blanks, comments and continued line ends. */
    private void skipBlanks() {
        while (true) {
            char c = peek();
            if (c == ' ' || c == '\t') {
                next();
            } else if (c == '%') {
                skipComment();
            } else if (text.startsWith("...", position)) {
                toLineEnd();
                next();
                column = 0;
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int lineStart = text.lastIndexOf('\n', position - 1) + 1;
        boolean block = marks(lineStart, "%{");
        toLineEnd();
        for (int depth = 1; block && depth > 0 && peek() != END; toLineEnd()) {
            next();
            depth += marks(position, "%{") ? 1 : marks(position, "%}") ? -1 : 0;
        }
    }

    /** Whether the line holds this and nothing else. */
    private boolean marks(int lineStart, String mark) {
        int lineEnd = text.indexOf('\n', lineStart);
        return text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd)
                .strip()
                .equals(mark);
    }

    private void toLineEnd() {
        while (peek() != END && peek() != '\n') {
            next();
        }
    }

    private String rest() {
        int from = position;
        toLineEnd();
        return text.substring(from, position).strip();
    }

    private char peek() {
        return peek(0);
    }

    private char peek(int ahead) {
        return position + ahead < text.length() ? text.charAt(position + ahead) : END;
    }

    private void next() {
        if (position < text.length() && text.charAt(position++) == '\n') {
            line++;
        }
    }
}
