package io.escapement.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file of options: at its top those of every command that has them, and below the name of a command those of that
 * command, by their long names without dashes.
 *
 * <pre>
 * port: 8090
 * store: /data/escapement
 * serve:
 *   bind: 0.0.0.0
 *   alert-for: {stalled: 30s, slow: 2m}
 * run:
 *   solver: lbfgs
 * </pre>
 *
 * Nodes are composed and nothing is constructed from tags, so that a file can hold nothing but texts.
 *
 * @param name of the file as it is shown
 * @param sections by command, {@link #ALL} for the top; within one the entries by option
 * @param lines on which a command's section begins
 */
public record ConfigFile(String name, Map<String, Map<String, Entry>> sections, Map<String, Integer> lines) {

    /** The section of every command. */
    public static final String ALL = "";

    public static final ConfigFile NONE = new ConfigFile("", Map.of(ALL, Map.of()), Map.of());

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_ALIASES = 16;

    /**
     * The value of an option.
     *
     * @param values one, or those of a list; of a mapping each as KEY=VALUE
     */
    public record Entry(List<String> values, Origin origin) {
        public Entry {
            values = List.copyOf(values);
        }
    }

    /** @throws ConfigProblem if it cannot be read or is no file of options */
    public static ConfigFile read(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigProblem(file + " cannot be read (" + e.getClass().getSimpleName()
                    + "); a YAML file of options is needed, or 'none'");
        }
        return parse(file.toString(), text);
    }

    static ConfigFile parse(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        Optional<Node> root;
        try {
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            // Without the excerpt that its message has, which may hold a secret.
            throw new ConfigProblem(at(name, e.getProblemMark()) + ": is not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigProblem(name + ": is not valid YAML: " + e.getMessage());
        }
        Map<String, Map<String, Entry>> sections = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        sections.put(ALL, new LinkedHashMap<>());
        if (root.isPresent() && !empty(root.get())) {
            for (NodeTuple tuple : mapping(name, root.get(), "the file").getValue()) {
                String key = key(name, tuple);
                boolean known = sections.containsKey(key) || sections.get(ALL).containsKey(key);
                if (known) {
                    throw new ConfigProblem(
                            at(name, tuple.getKeyNode()) + ": " + key + " is there twice; once is needed");
                }
                // What is nested may be a command's section, or an option that is a mapping: whoever knows commands
                // tells.
                if (tuple.getValueNode() instanceof MappingNode nested) {
                    sections.put(key, section(name, nested));
                    lines.put(key, line(tuple.getKeyNode()));
                } else {
                    sections.get(ALL).put(key, entry(name, key, tuple));
                }
            }
        }
        return new ConfigFile(name, sections, lines);
    }

    /** The same, with what is nested below the name of no command taken as the value of an option. */
    ConfigFile with(Set<String> commands) {
        Map<String, Map<String, Entry>> split = new LinkedHashMap<>();
        Map<String, Entry> top = new LinkedHashMap<>(sections.getOrDefault(ALL, Map.of()));
        split.put(ALL, top);
        sections.forEach((key, entries) -> {
            if (commands.contains(key)) {
                split.put(key, entries);
            } else if (!key.equals(ALL)) {
                List<String> pairs = new ArrayList<>();
                entries.forEach((name, entry) -> entry.values().forEach(value -> pairs.add(name + "=" + value)));
                top.put(key, new Entry(pairs, Origin.file(name, lines.get(key))));
            }
        });
        return new ConfigFile(name, split, lines);
    }

    private static Map<String, Entry> section(String name, MappingNode node) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            String key = key(name, tuple);
            if (entries.put(key, entry(name, key, tuple)) != null) {
                throw new ConfigProblem(at(name, tuple.getKeyNode()) + ": " + key + " is there twice; once is needed");
            }
        }
        return entries;
    }

    private static Entry entry(String name, String key, NodeTuple tuple) {
        return new Entry(values(name, key, tuple.getValueNode()), Origin.file(name, line(tuple.getKeyNode())));
    }

    private static List<String> values(String name, String key, Node node) {
        List<String> values = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (Node each : list.getValue()) {
                values.add(text(name, key, each));
            }
        } else if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                String inner = key(name, tuple);
                values.add(inner + "=" + text(name, key + "." + inner, tuple.getValueNode()));
            }
        } else {
            values.add(text(name, key, node));
        }
        return values;
    }

    private static String text(String name, String key, Node node) {
        if (node instanceof ScalarNode scalar && !empty(node)) {
            return scalar.getValue();
        }
        throw new ConfigProblem(at(name, node) + ": " + key
                + " has no value that is a text, a number, true or false, which" + " is needed");
    }

    private static String key(String name, NodeTuple tuple) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar
                && !scalar.getValue().isEmpty()) {
            return scalar.getValue();
        }
        throw new ConfigProblem(at(name, tuple.getKeyNode()) + ": the name of an option is no text, which is needed");
    }

    private static MappingNode mapping(String name, Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw new ConfigProblem(at(name, node) + ": " + what + " is no mapping; lines 'OPTION: VALUE' are needed");
    }

    private static boolean empty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static String at(String name, Node node) {
        return at(name, node.getStartMark());
    }

    private static String at(String name, Optional<Mark> mark) {
        return name + mark.map(m -> ", line " + (m.getLine() + 1)).orElse("");
    }
}
