package io.escapement.app;

import io.escapement.web.access.Token;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Makes a secret for --token-file. */
@Command(
        name = "token",
        description = {
            "Prints a new token of 256 random bits, for --token-file and the environment variables ESCAPEMENT_TOKEN_…",
            "(of the server) and ESCAPEMENT_TOKEN (of programs that send events)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  umask 077",
            "  echo \"control $(escapement token) me\"    > tokens",
            "  echo \"read $(escapement token) wall\"    >> tokens",
            "  echo \"ingest $(escapement token) jobs\"  >> tokens",
            "  escapement serve --bind 0.0.0.0 --token-file tokens --tls-cert cert.pem --tls-key key.pem"
        })
final class TokenCommand implements Callable<Integer> {

    private final PrintStream out;

    TokenCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.println(Token.generate(new SecureRandom()));
        return ExitCode.GOAL;
    }
}
