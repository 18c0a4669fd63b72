package io.escapement.experiment.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Results as one HTML file that opens without a server or a network: the dashboard's own modules and style, the library that
 * draws, and the results, all of them inside. Its policy forbids it to load anything.
 */
public final class HtmlReport {

    private static final String POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";
    /** The library in the page's import map, whose version this is. */
    private static final Pattern LIBRARY = Pattern.compile("\"echarts\":\"/(_static/echarts/[^/\"]+/dist/)[^\"]+\"");

    private HtmlReport() {}

    /** Replaces the file, as a whole or not at all. */
    public static void write(Path file, List<ResultDocument> results) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, html(results.stream().map(ResultDocument::json).toList()), StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @param results each as JSON, in the order of the contents */
    public static String html(List<String> results) throws IOException {
        String script = ModuleBundle.of("page", "experiments/report.js", path -> text("web/js/" + path));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <title>Escapement: experiments</title>
                <style>
                %s%s</style>
                </head>
                <body>
                <main class="report"></main>
                <noscript>The figures of this report are drawn by JavaScript; its numbers are at the end of this file.</noscript>
                <script type="application/json" id="results">[%s]</script>
                <script>%s</script>
                <script>
                %spage.report(JSON.parse(document.getElementById('results').textContent), echarts, document.querySelector('main'));
                </script>
                </body>
                </html>
                """.formatted(
                        POLICY,
                        text("web/css/theme.css"),
                        text("web/css/experiments.css"),
                        // A tag can only stand inside of a JSON string, where this is the same character.
                        String.join(",\n", results).replace("<", "\\u003c"),
                        inline(text("META-INF/resources/" + library() + "echarts.min.js")),
                        inline(script));
    }

    /** So that no text in a script ends it. */
    private static String inline(String script) {
        return script.replace("</script", "<\\/script").replace("<!--", "<\\!--");
    }

    private static String library() throws IOException {
        Matcher library = LIBRARY.matcher(text("web/index.html"));
        if (!library.find()) {
            throw new IOException("web/index.html has no echarts in its import map, so a report cannot be drawn");
        }
        return library.group(1);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path; build the whole project (mvn package)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
