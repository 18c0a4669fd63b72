package io.escapement.app.config;

/**
 * Where the value of an option comes from.
 *
 * @param kind flag, environment, file or default
 * @param where name of the variable, or file and line; empty for the others
 */
public record Origin(String kind, String where) {

    public static final Origin FLAG = new Origin("flag", "");
    public static final Origin DEFAULT = new Origin("default", "");

    static Origin environment(String variable) {
        return new Origin("environment", variable);
    }

    static Origin file(String file, int line) {
        return new Origin("file", file + ", line " + line);
    }

    @Override
    public String toString() {
        return where.isEmpty() ? kind : where;
    }
}
