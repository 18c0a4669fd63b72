package io.escapement.experiment.record;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Modules of the page as one classic script, for a file that is opened without a server, where browsers refuse imports. Each
 * module becomes a function that is called once, after those it imports. Understood are named imports of relative paths, and
 * {@code export} before a function, class or const: the only forms that the page's own modules use.
 */
final class ModuleBundle {

    private static final Pattern IMPORT =
            Pattern.compile("^import\\s*(?:\\{([^}]*)\\}\\s*from\\s*)?'([^']+)';\\s*?$", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export ((?:async )?function\\*?|class|const) (\\w+)", Pattern.MULTILINE);
    private static final Pattern LEFT_OVER = Pattern.compile("^(?:import|export)\\b.*$", Pattern.MULTILINE);

    /** Where modules are read from. */
    @FunctionalInterface
    interface Source {
        String read(String path) throws IOException;
    }

    private final Source source;
    private final Map<String, String> written = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private ModuleBundle(Source source) {
        this.source = source;
    }

    /**
     * A script whose constant {@code name} holds the exports of a module.
     *
     * @throws IllegalArgumentException if modules import each other in a ring, or in another form
     */
    static String of(String name, String path, Source source) throws IOException {
        ModuleBundle bundle = new ModuleBundle(source);
        bundle.add(path);
        return "'use strict';\nconst modules = {};\n" + String.join("", bundle.written.values()) + "const " + name
                + " = modules['" + path + "'];\n";
    }

    private void add(String path) throws IOException {
        if (written.containsKey(path)) {
            return;
        }
        if (!open.add(path)) {
            throw new IllegalArgumentException("module " + path + " imports itself by way of " + open);
        }
        String text = source.read(path);
        StringBuilder body = new StringBuilder();
        Matcher imports = IMPORT.matcher(text);
        while (imports.find()) {
            String target = resolved(path, imports.group(2));
            add(target);
            imports.appendReplacement(
                    body, Matcher.quoteReplacement(imports.group(1) == null ? "" : binding(imports.group(1), target)));
        }
        imports.appendTail(body);
        written.put(path, wrapped(path, body.toString()));
        open.remove(path);
    }

    private static String binding(String names, String target) {
        return "const {" + names.replace(" as ", ": ") + "} = modules['" + target + "'];";
    }

    private static String wrapped(String path, String text) {
        Set<String> names = new LinkedHashSet<>();
        StringBuilder body = new StringBuilder();
        Matcher exports = EXPORT.matcher(text);
        while (exports.find()) {
            names.add(exports.group(2));
            exports.appendReplacement(body, "$1 $2");
        }
        exports.appendTail(body);
        Matcher other = LEFT_OVER.matcher(body);
        if (other.find()) {
            throw new IllegalArgumentException("module " + path + " has the line '" + other.group()
                    + "'; named imports of relative paths, and export before a function, class or const are possible");
        }
        return "modules['" + path + "'] = (() => {\n" + body + "return { " + String.join(", ", names) + " };\n})();\n";
    }

    /** "a/b.js" and "../c.js" give "c.js". */
    private static String resolved(String from, String target) {
        if (!target.startsWith("./") && !target.startsWith("../")) {
            throw new IllegalArgumentException(
                    "module " + from + " imports '" + target + "'; only relative paths are possible in a bundle");
        }
        return java.nio.file.Path.of(from)
                .resolveSibling(target)
                .normalize()
                .toString()
                .replace('\\', '/');
    }
}
