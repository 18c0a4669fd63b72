package io.escapement.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the client for programs in Python, so that the jar is all that anybody needs. */
@Command(
        name = "python",
        description = {
            "Prints escapement.py, one file that shows a loop in Python in the dashboard of a server. It needs Python 3.8 and",
            "nothing else; a server has it at /escapement.py as well."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  escapement python > escapement.py",
            "",
            "  import escapement",
            "  run = escapement.watch(name='my fit')",
            "  for k in range(10000): ...; run.log(k, loss=f, gradientNorm=g)"
        })
final class PythonCommand implements Callable<Integer> {

    private static final String RESOURCE = "/python/escapement.py";

    private final PrintStream out;

    PythonCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (InputStream in = PythonCommand.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new SetupProblem(
                        RESOURCE + " is not on the class path; build the whole project (mvn package)", null);
            }
            out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return ExitCode.GOAL;
    }
}
