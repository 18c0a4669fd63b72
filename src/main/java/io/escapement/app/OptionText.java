package io.escapement.app;

import io.escapement.app.config.Near;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Options as text: those of a run for its header and to repeat it, and what is wrong with one. */
final class OptionText {

    private static final Map<Class<?>, String> VALID = Map.of(
            int.class, " whole number",
            Integer.class, " whole number",
            long.class, " whole number",
            Long.class, " whole number",
            double.class, " number",
            Double.class, " number");

    private OptionText() {}

    /** Every option with the value in force; those without one are left out. */
    static Map<String, String> of(RunOptions options) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (OptionSpec option : CommandSpec.forAnnotatedObject(options).options()) {
            Object value = option.getValue();
            if (value != null) {
                settings.put(name(option), value.toString());
            }
        }
        return settings;
    }

    /** The long name without its dashes. */
    static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }

    /** What is wrong with what was typed; of a value that is no number: the option, the value, what would be valid. */
    static String words(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            String given = unmatched.getUnmatched().get(0);
            CommandSpec command = wrong.getCommandLine().getCommandSpec();
            List<String> known = command.options().stream()
                    .flatMap(option -> Arrays.stream(option.names()))
                    .filter(name -> name.startsWith("--"))
                    .map(name -> name.substring(2))
                    .toList();
            List<String> near = Near.to(given.split("=", 2)[0].replaceFirst("^-+", ""), known);
            return given + " is no option of " + command.qualifiedName()
                    + (near.isEmpty()
                            ? "; '" + command.qualifiedName() + " --help' names those that are"
                            : "; " + near.stream().map(name -> "--" + name).collect(Collectors.joining(", "))
                                    + " would be");
        }
        if (!(wrong.getArgSpec() instanceof OptionSpec option) || wrong.getValue() == null) {
            return wrong.getMessage();
        }
        String valid = VALID.get(option.type());
        String value = wrong.getValue();
        return valid == null
                ? wrong.getMessage()
                : option.longestName() + " is '" + value + "'; " + (value.matches("[-+]?\\d+") ? "a smaller" : "a")
                        + valid + " would be valid";
    }

    /** A command line that a shell reads back as these arguments, without addresses of webhooks, which may hold secrets. */
    static String command(List<String> arguments) {
        StringBuilder command = new StringBuilder("escapement run");
        boolean secret = false;
        for (String argument : arguments) {
            boolean webhook = argument.equals(AlertOptions.WEBHOOK);
            if (!secret && !webhook && !argument.startsWith(AlertOptions.WEBHOOK + "=")) {
                command.append(' ').append(quoted(argument));
            }
            secret = webhook;
        }
        return command.toString();
    }

    /** The arguments that {@link #command} made a command line of. */
    static List<String> arguments(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\'') {
                inside = !inside;
            } else if (c == '\\' && !inside && i + 1 < command.length()) {
                word.append(command.charAt(++i));
            } else if (c == ' ' && !inside) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return List.copyOf(words.subList(Math.min(2, words.size()), words.size()));
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_.,:/=+@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
