package io.escapement.web;

import io.escapement.store.RunCatalogue;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The server. Deploy it; the deployment fails with {@link PortUnavailable} where it cannot listen, and {@link #url} tells
 * where it does. Over the usual length because all that the routes need is handed in and wired here.
 */
public final class Dashboard extends VerticleBase {

    private static final int MAX_MESSAGE = 64 * 1024;
    private static final int MAX_PIECE = 64 * 1024;

    /** Bytes of a request's first line: an address may name dozens of runs to compare. */
    private static final int MAX_LINE = 16 * 1024;

    private static final int MAX_HEADERS = 16 * 1024;
    private static final long SWEEP_MILLIS = 1000;

    private static final int WORKERS = 2;

    /** How long a viewer may take to agree to the end of its connection. */
    private static final int CLOSING_SECONDS = 2;

    private final Settings settings;
    private final RunCatalogue catalogue;
    private final RunDesk desk;
    private final ExperimentShelf experiments;
    private final ExternalDesk external;
    private final RunKeeper keeper;
    private final AlertDesk alerts;
    private final LandscapeDesk landscapes;
    private final Telemetry telemetry;
    private final StreamHub.Patience patience;
    private final Traffic traffic;
    private final Connections.Limits limits;

    private HttpServer server;
    private Router router;
    private Connections connections;
    private StreamHub hub;
    private Pulse pulse;
    private WorkerExecutor workers;
    private WorkerExecutor takers;
    private WorkerExecutor returning;
    private WorkerExecutor drawer;

    /**
     * Where and as what it serves.
     *
     * @param bind address to listen on
     * @param port 0 for any free one
     * @param version of this program
     * @param hosts names it answers to besides those of the loopback, for a server behind a proxy or a tunnel
     * @param pages resource path of the directory with index.html
     * @param viewers connections of the live stream at once, at most
     */
    public record Settings(
            String bind,
            int port,
            String version,
            Set<String> hosts,
            String pages,
            Protection protection,
            int viewers) {

        /** Each open page has one connection. */
        static final int VIEWERS = 1000;

        public Settings {
            Objects.requireNonNull(protection, "protection");
            Objects.requireNonNull(bind, "bind");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(pages, "pages");
            hosts = Set.copyOf(hosts);
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port is " + port + "; 0 to 65535 would be valid");
            }
            if (viewers < 1) {
                throw new IllegalArgumentException("viewers is " + viewers + "; at least 1 is needed");
            }
        }

        /** This machine only, port 8080. */
        public static Settings local(String version) {
            return new Settings("127.0.0.1", 8080, version, Set.of(), "web", Protection.NONE, VIEWERS);
        }

        public Settings withPort(int other) {
            return new Settings(bind, other, version, hosts, pages, protection, viewers);
        }

        public Settings withBind(String other) {
            return new Settings(other, port, version, hosts, pages, protection, viewers);
        }

        public Settings withHosts(Set<String> others) {
            return new Settings(bind, port, version, others, pages, protection, viewers);
        }

        public Settings withProtection(Protection other) {
            return new Settings(bind, port, version, hosts, pages, other, viewers);
        }

        public Settings withViewers(int other) {
            return new Settings(bind, port, version, hosts, pages, protection, other);
        }
    }

    public Dashboard(
            Settings settings,
            RunCatalogue catalogue,
            RunDesk desk,
            ExperimentShelf experiments,
            ExternalDesk external,
            RunKeeper keeper,
            AlertDesk alerts,
            LandscapeDesk landscapes,
            Telemetry telemetry) {
        this(
                settings,
                catalogue,
                desk,
                experiments,
                external,
                keeper,
                alerts,
                landscapes,
                telemetry,
                StreamHub.Patience.DEFAULT,
                Connections.Limits.DEFAULT,
                new Traffic());
    }

    Dashboard(
            Settings settings,
            RunCatalogue catalogue,
            RunDesk desk,
            ExperimentShelf experiments,
            ExternalDesk external,
            RunKeeper keeper,
            AlertDesk alerts,
            LandscapeDesk landscapes,
            Telemetry telemetry,
            StreamHub.Patience patience,
            Connections.Limits limits,
            Traffic traffic) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.desk = Objects.requireNonNull(desk, "desk");
        this.experiments = Objects.requireNonNull(experiments, "experiments");
        this.keeper = Objects.requireNonNull(keeper, "keeper");
        this.external = Objects.requireNonNull(external, "external");
        this.alerts = Objects.requireNonNull(alerts, "alerts");
        this.landscapes = Objects.requireNonNull(landscapes, "landscapes");
        this.telemetry = Objects.requireNonNull(telemetry, "telemetry");
        this.patience = patience;
        this.traffic = traffic;
        this.limits = limits;
    }

    /** Port it listens on, once deployed. */
    public int port() {
        return server.actualPort();
    }

    /** Where a browser on this machine finds it, once deployed. */
    public String url() {
        boolean any = settings.bind().equals("0.0.0.0") || settings.bind().equals("::");
        String host = any ? "127.0.0.1" : settings.bind();
        return (settings.protection().tls() == null ? "http://" : "https://")
                + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    @Override
    public Future<?> start() throws IOException {
        workers = vertx.createSharedWorkerExecutor("escapement-answers", WORKERS);
        takers = vertx.createSharedWorkerExecutor("escapement-events", WORKERS);
        returning = vertx.createSharedWorkerExecutor("escapement-returning", 1);
        drawer = vertx.createSharedWorkerExecutor("escapement-landscapes", 1);
        PageRoutes pages = new PageRoutes(vertx, settings.pages());
        String policy = ContentSecurity.policy(pages.index(), settings.protection());
        pulse = new Pulse(vertx, catalogue);
        hub = new StreamHub(
                vertx,
                workers,
                catalogue,
                pulse,
                telemetry,
                new Frames(UUID.randomUUID().toString()),
                settings.version(),
                settings.viewers(),
                patience,
                traffic);
        connections = new Connections(limits.withMost(settings.protection().connections()), System::nanoTime);
        HttpServerOptions options = new HttpServerOptions()
                // One protocol, whose limits are known: no streams within a connection, whose number is limited by
                // itself.
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                // Longer than a request may be idle, so that it is answered before its connection is closed.
                .setIdleTimeout((int) patience.idle().multipliedBy(2).toSeconds())
                // A piece of a body is a change of threads.
                .setMaxChunkSize(MAX_PIECE)
                .setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setMaxWebSocketMessageSize(MAX_MESSAGE)
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        Protection.Tls files = settings.protection().tls();
        Certificate certificate = files == null ? null : new Certificate(files);
        if (certificate != null) {
            certificate.apply(options);
        }
        server = vertx.createHttpServer(options);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> connections.sweep());
        return server.requestHandler(router(pages, policy))
                .connectionHandler(connections::opened)
                .listen(settings.port(), settings.bind())
                .onSuccess(listening -> {
                    if (certificate != null) {
                        certificate.watch(vertx, server);
                    }
                })
                .recover(error -> Future.failedFuture(explained(error)));
    }

    @Override
    public Future<?> stop() {
        hub.close();
        pulse.close();
        return server.close()
                .eventually(workers::close)
                .eventually(takers::close)
                .eventually(returning::close)
                .eventually(drawer::close);
    }

    private Throwable explained(Throwable error) {
        boolean address = error instanceof BindException
                || error instanceof SocketException
                || error instanceof UnresolvedAddressException;
        if (settings.protection().tls() != null && !address) {
            Protection.Tls files = settings.protection().tls();
            return new IOException(
                    "the TLS certificate " + files.certificate() + " with the key " + files.key() + " cannot be used ("
                            + error.getMessage() + "); two PEM files that belong together are needed",
                    error);
        }
        return address ? new PortUnavailable(settings.bind(), settings.port(), error) : error;
    }

    /** The routes as they were mounted, each with the role that it needs: for a test of all of them. */
    List<Route> routes() {
        return router.getRoutes();
    }

    private Router router(PageRoutes pages, String policy) {
        router = Router.router(vertx);
        Gate gate =
                new Gate(settings.protection().tokens(), settings.protection().tls() != null);
        router.route().handler(connections::began).failureHandler(Failures::unlessGone);
        router.route().handler(new HostGuard(settings, policy));
        Routes routes = new Routes(router, gate);
        new ProbeRoutes(workers, telemetry).mount(routes);
        new StreamRoutes(hub, gate, settings.viewers()).mount(routes);
        new SessionRoutes(gate).mount(routes);
        new ApiRoutes(vertx, workers, catalogue, pulse, desk, external).mount(routes);
        new ReplacedRoutes(workers, catalogue).mount(routes);
        new KeepingRoutes(vertx, keeper).mount(routes);
        new IngestRoutes(
                        vertx,
                        takers,
                        returning,
                        catalogue,
                        external,
                        patience.idle(),
                        new Pace(settings.protection().eventsPerSecond(), System::nanoTime))
                .mount(routes);
        new ProblemRoutes(workers, catalogue, desk).mount(routes);
        new EpisodeRoutes(workers, catalogue).mount(routes);
        new AlertRoutes(alerts, workers, catalogue).mount(routes);
        new LandscapeRoutes(vertx, drawer, landscapes).mount(routes);
        new ExperimentRoutes(workers, experiments).mount(routes);
        new HealthRoutes(vertx, workers, catalogue, hub, pulse, telemetry, alerts, settings.version()).mount(routes);
        pages.mount(routes);
        Failures.mount(router);
        return router;
    }
}
