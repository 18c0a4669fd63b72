package io.escapement.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.sensing.DenseOperator;
import io.escapement.store.ArchiveStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the set-up, in words. */
@Command(
        name = "doctor",
        description = "Checks the set-up in words: Java, memory, the page's files, the port, and Prometheus if asked.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everything that was checked is well", "1:something is not", "2:usage"})
final class DoctorCommand implements Callable<Integer> {

    private static final int LEAST_JAVA = 17;
    private static final long LEAST_HEAP_MB = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port the dashboard will use (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address the dashboard will use (${DEFAULT-VALUE})")
    private String bind;

    @Option(names = "--prometheus", paramLabel = "URL", description = "a Prometheus server to look for")
    private URI prometheus;

    @Mixin
    private StorePlace place;

    private final PrintStream out;
    private boolean well = true;

    DoctorCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Check.between("--port", port, 0, 65535);
        java();
        arithmetic();
        memory();
        page();
        port();
        store();
        prometheus();
        return well ? ExitCode.GOAL : ExitCode.ERROR;
    }

    private void report(boolean ok, String text) {
        well &= ok;
        out.println((ok ? "ok    " : "BAD   ") + text);
    }

    private void java() {
        int version = Runtime.version().feature();
        report(
                version >= LEAST_JAVA,
                "java: " + Runtime.version() + " from " + System.getProperty("java.vendor")
                        + (version >= LEAST_JAVA ? "" : "; " + LEAST_JAVA + " or newer is needed"));
    }

    private void arithmetic() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        report(
                true,
                "arithmetic: dense operators in " + DenseOperator.arithmetic()
                        + (vectors ? "" : "; java --add-modules jdk.incubator.vector makes them faster"));
    }

    private void memory() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        report(
                heap >= LEAST_HEAP_MB,
                "memory: up to " + heap + " MB of heap, " + Runtime.getRuntime().availableProcessors() + " processors"
                        + (heap >= LEAST_HEAP_MB
                                ? ""
                                : "; at least " + LEAST_HEAP_MB + " MB is needed, see java -Xmx"));
    }

    private void page() {
        for (String resource : new String[] {"web/index.html", "META-INF/resources/webjars/three"}) {
            boolean there = DoctorCommand.class.getClassLoader().getResource(resource) != null;
            report(there, "page: " + resource + (there ? " is there" : " is missing: build again with mvn package"));
        }
    }

    private void port() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(bind, port));
            report(
                    true,
                    "port: " + bind + ":" + socket.getLocalPort() + " is free; the dashboard would be at http://"
                            + (bind.equals("127.0.0.1") ? "localhost" : bind) + ":" + socket.getLocalPort() + "/");
        } catch (IOException | IllegalArgumentException e) {
            report(
                    false,
                    "port: " + bind + ":" + port + " cannot be used (" + e.getMessage()
                            + "); choose another with --port, or end what uses it");
        }
    }

    private void store() {
        if (place.directory().isEmpty()) {
            out.println("ok    store: none, so runs are kept in memory and end with the process");
            return;
        }
        try (StoredRuns runs = new StoredRuns(place)) {
            runs.store().flush();
            ArchiveStatus status = runs.store().status();
            boolean writing = status.state().equals("writing");
            String size = Math.max(1, status.bytes() >> 20) + " MB";
            report(
                    writing,
                    "store: " + status.sentence()
                            + (writing ? " There are " + status.runs() + " runs in " + size + "." : ""));
        }
    }

    private void prometheus() {
        if (prometheus == null) {
            out.println("--    prometheus: not asked for; --prometheus http://localhost:9090 looks for one");
            return;
        }
        try {
            int ready = ask("/-/ready").statusCode();
            if (ready != 200) {
                report(false, "prometheus: " + prometheus + " answers " + ready + "; /-/ready should answer 200");
                return;
            }
            String answer =
                    ask("/api/v1/query?query=count(escapement_build_info)").body();
            int servers = new ObjectMapper()
                    .readTree(answer)
                    .at("/data/result/0/value/1")
                    .asInt(0);
            String what = servers == 0
                    ? "no server of Escapement; see grafana/README.md, or wait for the next scrape if one was just"
                            + " started"
                    : servers + (servers == 1 ? " server" : " servers") + " of Escapement";
            report(servers > 0, "prometheus: " + prometheus + " is ready, and scrapes " + what);
        } catch (IOException | IllegalArgumentException e) {
            report(
                    false,
                    "prometheus: " + prometheus + " cannot be reached ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report(false, "prometheus: interrupted");
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .build()
                .send(
                        HttpRequest.newBuilder(prometheus.resolve(path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
