package io.escapement.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.escapement.alert.webhook.WebhookAddress;
import io.escapement.app.config.ConfigFile;
import io.escapement.app.config.Configuration;
import io.escapement.app.config.Origin;
import io.escapement.web.access.Role;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the configuration in force. */
@Command(
        name = "config",
        description = {
            "Prints what the server would go by, and where each value comes from: a flag, the environment, a file, or the",
            "default. Below it what the file has for other commands. Secrets are not shown."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A file has an option a line, those of a command below its name:",
            "  port: 8090",
            "  store: /data/escapement",
            "  serve:",
            "    bind: 0.0.0.0",
            "    token-file: /etc/escapement/tokens",
            "    alert-for: {stalled: 30s, slow: 2m}",
            "  run:",
            "    solver: lbfgs",
            "In the environment the server's options are ESCAPEMENT_PORT, ESCAPEMENT_TOKEN_FILE and so on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every value is valid", "2:one is not, or is not known"})
final class ConfigCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Read by others than this program's command line. */
    private static final Set<String> ELSEWHERE = Set.of("ESCAPEMENT_LOG_LEVEL", "ESCAPEMENT_TOKEN", "ESCAPEMENT_URL");

    /** Read as options, whatever they are. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private ServerOptions server;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private StoreOptions store;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private LostOptions lost;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    ConfigCommand(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** A value as it may be shown. */
    private record Shown(String value, Origin origin) {}

    @Override
    public Integer call() {
        Configuration configuration = (Configuration) spec.defaultValueProvider();
        Map<String, Map<String, Shown>> all = new LinkedHashMap<>();
        all.put("serve", server(configuration));
        for (Map.Entry<String, CommandLine> command :
                spec.parent().subcommands().entrySet()) {
            Map<String, ConfigFile.Entry> own = configuration.section(command.getKey());
            if (!own.isEmpty() && !command.getKey().equals("serve")) {
                check(command.getValue(), own);
                Map<String, Shown> shown = new LinkedHashMap<>();
                own.forEach((name, entry) -> shown.put(name, new Shown(masked(name, entry.values()), entry.origin())));
                all.put(command.getKey(), shown);
            }
        }
        warnings(configuration, environment).forEach(warning -> err.println("escapement: " + warning));
        out.print(json ? json(configuration, all) : text(configuration, all));
        return ExitCode.GOAL;
    }

    /** Variables that nothing heeds, most likely by a mistake. */
    static List<String> warnings(Configuration configuration, Map<String, String> environment) {
        Set<String> known = new TreeSet<>(ELSEWHERE);
        Role.labels().forEach(role -> known.add(AccessOptions.variable(role)));
        return configuration.unknownVariables(known);
    }

    private Map<String, Shown> server(Configuration configuration) {
        Map<String, Shown> shown = new LinkedHashMap<>();
        for (OptionSpec option :
                spec.parent().subcommands().get("serve").getCommandSpec().options()) {
            OptionSpec own = spec.findOption(option.longestName());
            String name = OptionText.name(option);
            if (own != null && !Set.of("help", "version", "config").contains(name)) {
                shown.put(name, new Shown(masked(name, values(own.getValue())), configuration.origin(own)));
            }
        }
        for (String role : Role.labels()) {
            String variable = AccessOptions.variable(role);
            String value = environment.getOrDefault(variable, "").strip();
            if (!value.isEmpty()) {
                int count = value.split("\\s+").length;
                shown.put(
                        "token-" + role,
                        new Shown(
                                count + (count == 1 ? " token, not shown" : " tokens, not shown"),
                                new Origin("environment", variable)));
            }
        }
        return shown;
    }

    private static List<String> values(Object value) {
        List<String> values = new ArrayList<>();
        if (value instanceof Collection<?> list) {
            list.forEach(each -> values.add(each.toString()));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, of) -> values.add(key + "=" + of));
        } else if (value != null) {
            values.add(value.toString());
        }
        return values;
    }

    /** Addresses of webhooks may hold a secret in their path. */
    private static String masked(String name, List<String> values) {
        boolean address = AlertOptions.WEBHOOK.equals("--" + name);
        return values.stream()
                .flatMap(value -> address ? List.of(value.strip().split("\\s+")).stream() : List.of(value).stream())
                .map(value -> address ? address(value) : value)
                .collect(Collectors.joining(" "));
    }

    private static String address(String value) {
        try {
            return WebhookAddress.parse(value).toString();
        } catch (IllegalArgumentException e) {
            return "(not valid, not shown)";
        }
    }

    /** Has the command parse what the file gives it. */
    private static void check(CommandLine command, Map<String, ConfigFile.Entry> entries) {
        for (Map.Entry<String, ConfigFile.Entry> entry : entries.entrySet()) {
            OptionSpec option = command.getCommandSpec().findOption("--" + entry.getKey());
            String value = String.join(
                    option.splitRegex().contains(",") ? "," : " ",
                    entry.getValue().values());
            boolean flag = option.arity().max() == 0;
            if (flag && !value.equals("true") && !value.equals("false")) {
                throw new InvalidOption(
                        "--" + entry.getKey(),
                        "is '" + value + "' at " + entry.getValue().origin() + "; true or false is needed");
            }
            if (!flag) {
                parse(command, entry, value);
            }
        }
    }

    private static void parse(CommandLine command, Map.Entry<String, ConfigFile.Entry> entry, String value) {
        try {
            command.parseArgs("--" + entry.getKey() + "=" + value);
        } catch (CommandLine.MissingParameterException e) {
            // An option or parameter that is typed with every call.
            return;
        } catch (ParameterException e) {
            throw new InvalidOption(
                    "--" + entry.getKey(), "is not valid at " + entry.getValue().origin() + ": " + OptionText.words(e));
        }
    }

    private static String text(Configuration configuration, Map<String, Map<String, Shown>> all) {
        StringBuilder text = new StringBuilder();
        text.append("file: ")
                .append(configuration.fileName().isEmpty() ? "none" : configuration.fileName())
                .append(System.lineSeparator());
        all.forEach((command, options) -> {
            text.append(command).append(System.lineSeparator());
            options.forEach((name, shown) -> text.append(
                    "  %-22s %-30s %s%n".formatted(name, shown.value.isEmpty() ? "-" : shown.value, shown.origin)));
        });
        return text.toString();
    }

    private static String json(Configuration configuration, Map<String, Map<String, Shown>> all) {
        ObjectNode root = JSON.createObjectNode();
        if (!configuration.fileName().isEmpty()) {
            root.put("file", configuration.fileName());
        }
        all.forEach((command, options) -> {
            ObjectNode section = root.putObject(command);
            options.forEach((name, shown) -> {
                ObjectNode value = section.putObject(name);
                if (!shown.value.isEmpty()) {
                    value.put("value", shown.value);
                }
                value.put("origin", shown.origin.kind());
                if (!shown.origin.where().isEmpty()) {
                    value.put("where", shown.origin.where());
                }
            });
        });
        return root + System.lineSeparator();
    }
}
