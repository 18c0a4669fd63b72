package io.escapement.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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

    /**
     * A second name of an option, by its first. Where a command has an option of the second name besides, the name means that one: run has
     * --meters, which a power network is measured by.
     */
    private static final Map<String, String> SECOND_NAMES = Map.of("metrics", "meters");

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
        Set<String> everywhere = new TreeSet<>();
        everyCommand(root).forEach(command -> everywhere.addAll(options(command.getCommandSpec())));
        split.sections().forEach((section, entries) -> {
            boolean top = section.equals(ConfigFile.ALL);
            Set<String> known = top ? everywhere : options(commands.get(section).getCommandSpec());
            Collection<CommandLine> concerned = top ? everyCommand(root) : List.of(commands.get(section));
            entries.forEach((key, entry) -> {
                if (!known.contains(key)) {
                    throw new ConfigProblem(entry.origin() + ": "
                            + (top ? unknown(key, known, commands.keySet()) : unknown(key, known, section)));
                }
                flag(key, entry, concerned, top && commands.containsKey(key));
            });
        });
        return new Configuration(split, environment, fromEnvironment, given);
    }

    private static Collection<CommandLine> everyCommand(CommandLine root) {
        List<CommandLine> all = new ArrayList<>(List.of(root));
        all.addAll(root.getSubcommands().values());
        return all;
    }

    /** What is wrong with a name below a command's. */
    private static String unknown(String key, Set<String> options, String section) {
        List<String> near = Near.to(key, options);
        return key + " is no option of " + section + "; "
                + (near.isEmpty()
                        ? "'escapement " + section + " --help' names them"
                        : String.join(", ", near) + " would be valid");
    }

    /** What is wrong with a name at the top, which has a value. */
    private static String unknown(String key, Set<String> options, Set<String> commands) {
        List<String> near = Near.to(key, options);
        if (commands.contains(key)) {
            return key + " is a command; lines 'OPTION: VALUE' below it"
                    + (near.isEmpty() ? "" : ", or " + String.join(", ", near) + ",") + " would be valid";
        }
        Set<String> all = new TreeSet<>(options);
        all.addAll(commands);
        near = Near.to(key, all);
        return key + " is no option, and no command; "
                + (near.isEmpty()
                        ? "'escapement --help' names the commands, and the help of each its options"
                        : String.join(", ", near) + " would be valid");
    }

    /** What is a flag wherever it is known is true or false, and nothing else. */
    private static void flag(String key, ConfigFile.Entry entry, Collection<CommandLine> concerned, boolean command) {
        List<OptionSpec> meant = concerned.stream()
                .flatMap(each -> each.getCommandSpec().options().stream())
                .filter(option -> Arrays.asList(option.names()).contains("--" + key))
                .toList();
        boolean flags = meant.stream().allMatch(option -> option.arity().max() == 0);
        if (flags && !entry.values().equals(List.of("true")) && !entry.values().equals(List.of("false"))) {
            throw new ConfigProblem(entry.origin() + ": " + key + " is '" + String.join(" ", entry.values())
                    + "'; true or false"
                    + (command ? ", or lines 'OPTION: VALUE' below it for the command of this name," : "")
                    + " is needed");
        }
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

    /** Gives a command's options their second names. */
    public static void addSecondNames(CommandSpec command) {
        SECOND_NAMES.forEach((first, second) -> {
            OptionSpec option = command.findOption("--" + first);
            if (option != null && command.findOption("--" + second) == null) {
                command.remove(option);
                command.addOption(
                        option.toBuilder().names("--" + first, "--" + second).build());
            }
        });
    }

    /** Long names without dashes, second ones among them. */
    private static Set<String> options(CommandSpec spec) {
        return spec.options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
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
        String second = SECOND_NAMES.get(name);
        for (String each : second == null ? List.of(name) : List.of(name, second)) {
            String variable = variable(each);
            String value = fromEnvironment.contains(name) ? environment.get(variable) : null;
            if (value != null && !value.isEmpty()) {
                return Optional.of(new ConfigFile.Entry(List.of(value), Origin.environment(variable)));
            }
        }
        String command = option.command() == null ? "" : option.command().name();
        Map<String, ConfigFile.Entry> section = section(AS_SERVER.contains(command) ? "serve" : command);
        ConfigFile.Entry own = section.get(name);
        if (own == null && Arrays.asList(option.names()).contains("--" + second)) {
            own = section.get(second);
        }
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
        for (String name : fromEnvironment) {
            known.add(variable(name));
            known.add(variable(SECOND_NAMES.getOrDefault(name, name)));
        }
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> {
                    List<String> near = Near.to(name, known);
                    return "the variable " + name + " is not known"
                            + (near.isEmpty()
                                    ? "; 'escapement config --help' says which are"
                                    : "; " + String.join(", ", near) + " would be");
                })
                .toList();
    }

    public static String variable(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
