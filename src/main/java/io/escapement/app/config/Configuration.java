package io.escapement.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options from the environment and from a file, for picocli to take where there is no flag. The environment has
 * {@code ESCAPEMENT_} and the option's name in capitals with _ for -, for the options that may be there; the file has what
 * {@link ConfigFile} says, a command's own section before its top.
 */
public final class Configuration implements IDefaultValueProvider {

    public static final String OPTION = "--config";
    private static final String VARIABLE = "ESCAPEMENT_CONFIG";
    private static final String NONE = "none";
    private static final String PREFIX = "ESCAPEMENT_";

    /** Those that only make sense where they are typed. */
    private static final Set<String> TYPED = Set.of("help", "version", "config");

    /** Commands that are about what the server would do. */
    private static final Set<String> AS_SERVER = Set.of("config", "doctor");

    private final ConfigFile file;
    private final Map<String, String> environment;
    private final Set<String> fromEnvironment;
    private final List<String> arguments;

    private Configuration(
            ConfigFile file, Map<String, String> environment, Set<String> fromEnvironment, List<String> arguments) {
        this.file = file;
        this.environment = environment;
        this.fromEnvironment = fromEnvironment;
        this.arguments = arguments;
    }

    /**
     * Finds the file, reads it, and checks that it names commands and options that there are.
     *
     * @param root the program's commands
     * @param fromEnvironment long names, without dashes, of the options that the environment may give
     * @throws ConfigProblem if anything in the file is not known
     */
    public static Configuration of(
            CommandLine root, Set<String> fromEnvironment, Map<String, String> environment, String... arguments) {
        List<String> given = Arrays.asList(arguments);
        ConfigFile file = path(given, environment).map(ConfigFile::read).orElse(ConfigFile.NONE);
        Map<String, CommandLine> commands = root.getSubcommands();
        ConfigFile split = file.with(commands.keySet());
        Set<String> everywhere = new TreeSet<>(options(root.getCommandSpec()));
        commands.values().forEach(command -> everywhere.addAll(options(command.getCommandSpec())));
        split.sections().forEach((section, entries) -> {
            boolean top = section.equals(ConfigFile.ALL);
            Set<String> known = top ? everywhere : options(commands.get(section).getCommandSpec());
            entries.forEach((key, entry) -> {
                if (!known.contains(key)) {
                    Set<String> valid = new TreeSet<>(known);
                    valid.addAll(top ? commands.keySet() : Set.of());
                    throw new ConfigProblem(entry.origin() + ": " + key + " is no option"
                            + (top ? ", and no command" : " of " + section) + "; " + near(key, valid)
                            + " would be valid");
                }
            });
        });
        return new Configuration(split, environment, fromEnvironment, given);
    }

    /** The file that is asked for, or the user's own if there is one. The current directory is not looked at. */
    private static Optional<Path> path(List<String> arguments, Map<String, String> environment) {
        String asked = flag(arguments).orElse(environment.get(VARIABLE));
        if (asked != null && !asked.isEmpty()) {
            return asked.equals(NONE) ? Optional.empty() : Optional.of(Path.of(asked));
        }
        String home = environment.get("XDG_CONFIG_HOME");
        Path directory =
                home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(home);
        Path own = directory.resolve("escapement").resolve("escapement.yaml");
        return Files.isRegularFile(own) ? Optional.of(own) : Optional.empty();
    }

    private static Optional<String> flag(List<String> arguments) {
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(OPTION + "=")) {
                return Optional.of(argument.substring(OPTION.length() + 1));
            }
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Long names without dashes. */
    private static Set<String> options(CommandSpec spec) {
        return spec.options().stream()
                .map(Configuration::name)
                .filter(name -> !TYPED.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** The file's name, or empty where there is none. */
    public String fileName() {
        return file.name();
    }

    /** What the file has for a command alone. */
    public Map<String, ConfigFile.Entry> section(String command) {
        return file.sections().getOrDefault(command, Map.of());
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || TYPED.contains(name(option))) {
            return null;
        }
        // A flag that is given is the opposite of its default for picocli, which would switch it off.
        boolean flag = option.arity().max() == 0;
        if (flag && Arrays.stream(option.names()).anyMatch(arguments::contains)) {
            return null;
        }
        return found(option)
                .map(entry -> String.join(separator(option), entry.values()))
                .orElse(null);
    }

    private Optional<ConfigFile.Entry> found(OptionSpec option) {
        String name = name(option);
        String variable = variable(name);
        String value = fromEnvironment.contains(name) ? environment.get(variable) : null;
        if (value != null && !value.isEmpty()) {
            return Optional.of(new ConfigFile.Entry(List.of(value), Origin.environment(variable)));
        }
        String command = option.command() == null ? "" : option.command().name();
        ConfigFile.Entry own =
                section(AS_SERVER.contains(command) ? "serve" : command).get(name);
        return Optional.ofNullable(own == null ? section(ConfigFile.ALL).get(name) : own);
    }

    /** One that the option's own splitting takes apart again. */
    private static String separator(OptionSpec option) {
        return option.splitRegex().contains(",") ? "," : " ";
    }

    private boolean given(String name) {
        return arguments.stream().anyMatch(argument -> argument.equals(name) || argument.startsWith(name + "="));
    }

    /** Where an option's value comes from. */
    public Origin origin(OptionSpec option) {
        if (Arrays.stream(option.names()).anyMatch(this::given)) {
            return Origin.FLAG;
        }
        return found(option).map(ConfigFile.Entry::origin).orElse(Origin.DEFAULT);
    }

    /** Options of a command that the file gives and no flag does, as arguments that say the same. */
    public List<String> asArguments(CommandSpec command, Collection<OptionSpec> options) {
        List<String> arguments = new ArrayList<>();
        for (OptionSpec like : options) {
            OptionSpec option = command.findOption(like.longestName());
            String value = origin(option).kind().equals("file") ? defaultValue(option) : null;
            if (value != null && option.arity().max() == 0) {
                if (Boolean.parseBoolean(value)) {
                    arguments.add(option.longestName());
                }
            } else if (value != null) {
                arguments.add(option.longestName() + "=" + value);
            }
        }
        return arguments;
    }

    /** Variables that look like ours and are not heeded by anything. */
    public List<String> unknownVariables(Set<String> others) {
        Set<String> known = new TreeSet<>(others);
        known.add(VARIABLE);
        fromEnvironment.forEach(name -> known.add(variable(name)));
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> "the variable " + name + " is not known; " + near(name, known) + " would be")
                .toList();
    }

    public static String variable(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The three that are most alike, by the edits from one to the other. */
    private static String near(String word, Collection<String> known) {
        Map<String, Integer> distances = new LinkedHashMap<>();
        known.forEach(each -> distances.put(each, edits(word, each)));
        return distances.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(3)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
