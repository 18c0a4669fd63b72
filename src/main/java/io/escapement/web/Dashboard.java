package io.escapement.web;

import io.escapement.store.RunCatalogue;
import io.escapement.web.access.Role;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server. Deploy it; the deployment fails with {@link PortUnavailable} where it cannot listen, and {@link #url} tells
 * where it does.
 */
public final class Dashboard extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private static final int MAX_MESSAGE = 64 * 1024;
    private static final int MAX_PIECE = 64 * 1024;

    /** The client for programs in Python, which has no version here: a newer server may bring a newer one. */
    private static final String PYTHON = "/escapement.py";

    /** What this API is, for programs: it holds nothing of a run. */
    private static final String DOCUMENT = "/openapi.yaml";

    /** Addresses of pages, all of which are index.html; router.js knows them too. */
    static final List<String> PAGES = List.of(
            "/", "/runs", "/runs/*", "/compare", "/escapes", "/problems", "/experiments", "/experiments/*", "/health");

    /** Bytes of a request's first line: an address may name dozens of runs to compare. */
    private static final int MAX_LINE = 16 * 1024;

    private static final int MAX_HEADERS = 16 * 1024;
    private static final long SWEEP_MILLIS = 1000;

    /** The page that asks for a token. It needs none of the others' modules. */
    static final String SIGN_IN = "/sign-in";

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
    private Gate gate;
    private Connections connections;
    private StreamHub hub;
    private Pulse pulse;
    private WorkerExecutor workers;
    private WorkerExecutor takers;
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
        drawer = vertx.createSharedWorkerExecutor("escapement-landscapes", 1);
        String page = page();
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
        return server.requestHandler(router(page))
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
                .eventually(drawer::close);
    }

    private String page() throws IOException {
        String resource = settings.pages() + "/index.html";
        try (InputStream in = loader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(
                        resource + " is not on the class path, so there is no page to serve; build the whole"
                                + " project (mvn package)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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

    private Router router(String page) {
        router = Router.router(vertx);
        gate = new Gate(settings.protection().tokens(), settings.protection().tls() != null);
        router.route().handler(connections::began).failureHandler(Dashboard::failed);
        router.route().handler(new HostGuard(settings, ContentSecurity.policy(page, settings.protection())));
        Routes routes = new Routes(router, gate);
        routes.get(Role.ANYBODY, "/health/live").handler(context -> say(context, "{\"status\":\"live\"}"));
        routes.get(Role.ANYBODY, "/health/ready").handler(context -> say(context, "{\"status\":\"ready\"}"));
        routes.get(Role.READ, "/metrics").handler(this::metrics);
        routes.get(Role.READ, "/api/v1/stream").handler(this::stream);
        new SessionRoutes(gate).mount(routes);
        new ApiRoutes(vertx, workers, catalogue, pulse, desk, external).mount(routes);
        new ReplacedRoutes(workers, catalogue).mount(routes);
        new KeepingRoutes(vertx, keeper).mount(routes);
        new IngestRoutes(
                        vertx,
                        takers,
                        catalogue,
                        external,
                        patience.idle(),
                        new Pace(settings.protection().eventsPerSecond(), System::nanoTime))
                .mount(routes);
        new ProblemRoutes(workers, catalogue, desk).mount(routes);
        new EpisodeRoutes(workers, catalogue).mount(routes);
        new AlertRoutes(alerts).mount(routes);
        new LandscapeRoutes(vertx, drawer, landscapes).mount(routes);
        new ExperimentRoutes(workers, experiments).mount(routes);
        new HealthRoutes(vertx, workers, catalogue, hub, pulse, telemetry, alerts, settings.version()).mount(routes);
        StaticFiles files = new StaticFiles(vertx, loader());
        String pages = settings.pages();
        for (String path : PAGES) {
            routes.get(Role.ANYBODY, path).handler(files.always(pages, "index.html", StaticFiles.ASK));
            routes.head(Role.ANYBODY, path).handler(files.always(pages, "index.html", StaticFiles.ASK));
        }
        routes.get(Role.ANYBODY, SIGN_IN).handler(files.always(pages, SIGN_IN.substring(1) + ".html", StaticFiles.ASK));
        routes.get(Role.ANYBODY, PYTHON).handler(files.always("python", PYTHON.substring(1), StaticFiles.ASK));
        routes.head(Role.ANYBODY, PYTHON).handler(files.always("python", PYTHON.substring(1), StaticFiles.ASK));
        routes.get(Role.ANYBODY, DOCUMENT).handler(files.always("openapi", DOCUMENT.substring(1), StaticFiles.ASK));
        routes.head(Role.ANYBODY, DOCUMENT).handler(files.always("openapi", DOCUMENT.substring(1), StaticFiles.ASK));
        routes.files(Role.ANYBODY, "/(webjars|_static)/.*")
                .handler(files.below("META-INF/resources", 1, StaticFiles.FOR_EVER));
        routes.files(Role.ANYBODY, "/(?!api/).*").handler(files.below(pages, 1, StaticFiles.ASK));
        for (int status : new int[] {400, 404, 413}) {
            router.errorHandler(
                    status,
                    context -> Problem.of(status, detail(status, context)).answer(context));
        }
        router.errorHandler(405, new WrongMethod(router));
        router.errorHandler(500, context -> {
            LOG.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
            Problem.of(500, "the server failed at this; its log says why").answer(context);
        });
        return router;
    }

    /** Whose connection is gone needs no answer, and it is no error of ours that it went. */
    private static void failed(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException) {
            LOG.debug("{} went in the middle of a request", context.request().remoteAddress());
        } else {
            context.next();
        }
    }

    private static String detail(int status, RoutingContext context) {
        return switch (status) {
            case 404 -> "there is nothing at " + context.request().path();
            case 413 -> "the body is larger than it may be here; " + DOCUMENT + " says how large that is";
            default -> "the request cannot be read";
        };
    }

    private static void say(RoutingContext context, String json) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(json);
    }

    private void metrics(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        workers.executeBlocking(() -> telemetry.scrape(accept), false)
                .onSuccess(scraped -> context.response()
                        .putHeader("Content-Type", scraped.contentType())
                        .end(scraped.body()))
                .onFailure(context::fail);
    }

    private void stream(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            context.response().putHeader("Upgrade", "websocket");
            Problem.of(426, "this is a WebSocket; ask with Upgrade: websocket").answer(context);
        } else if (hub.full()) {
            Problem.of(503, "there are " + settings.viewers() + " viewers already, which is the most")
                    .answer(context);
        } else {
            Caller caller = Gate.caller(context);
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> hub.connected(socket, () -> gate.goesOn(caller)))
                    .onFailure(error -> LOG.debug("a WebSocket could not be opened", error));
        }
    }

    private static ClassLoader loader() {
        return Dashboard.class.getClassLoader();
    }
}
