package io.escapement.web;

import io.escapement.web.access.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pages, and every other file that is served as it is. They hold nothing of a run, so anybody may have them. */
final class PageRoutes {

    /** Addresses of pages, all of which are index.html; router.js knows them too. */
    static final List<String> PAGES = List.of(
            "/", "/runs", "/runs/*", "/compare", "/escapes", "/problems", "/experiments", "/experiments/*", "/health");

    /** The page that asks for a token. It needs none of the others' modules. */
    static final String SIGN_IN = "/sign-in";

    /** What this API is, for programs. */
    static final String DOCUMENT = "/openapi.yaml";

    /** The client for programs in Python, which has no version here: a newer server may bring a newer one. */
    private static final String PYTHON = "/escapement.py";

    private static final String INDEX = "index.html";

    private final String pages;
    private final ClassLoader loader = PageRoutes.class.getClassLoader();
    private final StaticFiles files;

    /** @param pages resource path of the directory with index.html */
    PageRoutes(Vertx vertx, String pages) {
        this.pages = pages;
        files = new StaticFiles(vertx, loader);
    }

    /** @throws IOException if it is not there */
    String index() throws IOException {
        String resource = pages + "/" + INDEX;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(
                        resource + " is not on the class path, so there is no page to serve; build the whole"
                                + " project (mvn package)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** After all others: what none of them has is looked for among the files. */
    void mount(Routes routes) {
        for (String path : PAGES) {
            routes.page(Role.ANYBODY, path).handler(files.always(pages, INDEX, StaticFiles.ASK));
        }
        routes.page(Role.ANYBODY, SIGN_IN)
                .handler(files.always(pages, SIGN_IN.substring(1) + ".html", StaticFiles.ASK));
        routes.get(Role.ANYBODY, PYTHON).handler(files.always("python", PYTHON.substring(1), StaticFiles.ASK));
        routes.get(Role.ANYBODY, DOCUMENT).handler(files.always("openapi", DOCUMENT.substring(1), StaticFiles.ASK));
        routes.files(Role.ANYBODY, "/(webjars|_static)/.*")
                .handler(files.below("META-INF/resources", 1, StaticFiles.FOR_EVER));
        routes.files(Role.ANYBODY, "/(?!api/)[^.]*").handler(this::noPage);
        routes.files(Role.ANYBODY, "/(?!api/).*").handler(files.below(pages, 1, StaticFiles.ASK));
    }

    /**
     * Who asks for a page that there is not is told so by one, with the way to the others; a program gets the JSON of every
     * 404.
     */
    private void noPage(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !accept.contains("text/html")) {
            context.next();
            return;
        }
        context.response().setStatusCode(404);
        files.always(pages, INDEX, StaticFiles.ASK).handle(context);
    }
}
