package io.escapement.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Files of the class path: the page's own, and the libraries' inside their jars. Read once, kept in memory up to a limit,
 * and served with a hash as ETag. Vert.x' own handler copies such files to a temporary directory first and knows no ETag.
 */
final class StaticFiles {

    /** For files whose path has a version in it. */
    static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** Kept by the browser, but asked for each time. */
    static final String ASK = "no-cache";

    private static final long MAX_CACHED_BYTES = 64L << 20;
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*(/[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*)*");

    /** What is served at all, by the end of its name. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("py", "text/x-python; charset=utf-8"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Vertx vertx;
    private final ClassLoader loader;
    private final Map<String, File> cache = new ConcurrentHashMap<>();
    private final AtomicLong cached = new AtomicLong();

    private record File(Buffer body, String type, String etag) {}

    StaticFiles(Vertx vertx, ClassLoader loader) {
        this.vertx = vertx;
        this.loader = loader;
    }

    /**
     * Serves what follows the first {@code skip} characters of the path from below a root.
     *
     * @param root resource path without a slash at the end
     */
    Handler<RoutingContext> below(String root, int skip, String caching) {
        return context -> {
            String path = context.normalizedPath();
            serve(context, root, path.length() < skip ? "" : path.substring(skip), caching);
        };
    }

    /** Always the same file. */
    Handler<RoutingContext> always(String root, String path, String caching) {
        return context -> serve(context, root, path, caching);
    }

    private void serve(RoutingContext context, String root, String path, String caching) {
        int dot = path.lastIndexOf('.');
        String type = dot < 0 ? null : TYPES.get(path.substring(dot + 1));
        if (type == null || !PLAIN.matcher(path).matches()) {
            context.fail(404);
            return;
        }
        String resource = root + "/" + path;
        File known = cache.get(resource);
        Future<Optional<File>> file = known != null
                ? Future.succeededFuture(Optional.of(known))
                : vertx.executeBlocking(() -> read(resource, type), false);
        file.onSuccess(found ->
                        found.ifPresentOrElse(content -> answer(context, content, caching), () -> context.fail(404)))
                .onFailure(context::fail);
    }

    private Optional<File> read(String resource, String type) throws IOException {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            byte[] hash = ContentSecurity.sha256().digest(bytes);
            File file =
                    new File(Buffer.buffer(bytes), type, '"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
            if (cached.addAndGet(bytes.length) <= MAX_CACHED_BYTES) {
                cache.put(resource, file);
            } else {
                cached.addAndGet(-bytes.length);
            }
            return Optional.of(file);
        }
    }

    private static void answer(RoutingContext context, File file, String caching) {
        HttpServerResponse response = context.response()
                .putHeader("ETag", file.etag)
                .putHeader("Cache-Control", caching)
                .putHeader("Content-Type", file.type);
        String match = context.request().getHeader("If-None-Match");
        if (match != null && match.contains(file.etag)) {
            response.setStatusCode(304).end();
        } else if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(file.body.length()))
                    .end();
        } else {
            response.end(file.body.copy());
        }
    }
}
