package io.escapement.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escapement.ingest.JsonFault;
import io.escapement.landscape.plane.PlaneGrid;
import io.escapement.store.Attachment;
import io.escapement.store.RunCatalogue;
import io.escapement.store.RunLog;
import io.escapement.web.InvalidRequest;
import io.escapement.web.LandscapeDesk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures that other programs have computed of their own runs, as JSON:
 *
 * <pre>
 * {"labels":[α, β], "window":[α from, α to, β from, β to], "size":N, "values":[N·N numbers, rows of constant β, the lowest first],
 *  "path":{"iteration":[…],"alpha":[…],"beta":[…],"loss":[…],"off":[…]},   off and loss may be left out
 *  "explained":[share along α, along β], "title":…}                         path, explained and title may be left out
 * </pre>
 *
 * <p>NaN and infinities are strings. A new one replaces the one before. Kept with the run in the store, or in memory while there is room
 * for the last {@value #MOST}.
 */
final class PostedPictures {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST = 64;
    private static final int MOST_POINTS = 20_000;
    private static final List<String> FIELDS =
            List.of("labels", "window", "size", "values", "path", "explained", "title");

    private final RunCatalogue catalogue;
    private final Map<String, String> newest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    PostedPictures(RunCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    private static boolean external(RunLog log) {
        return log.header().fed();
    }

    Optional<LandscapeDesk.Picture> of(RunLog log) throws InvalidRequest {
        if (!external(log)) {
            return Optional.empty();
        }
        String id = log.header().id();
        String text;
        synchronized (newest) {
            text = newest.get(id);
        }
        if (text == null) {
            text = catalogue
                    .attachment(log, Attachment.LANDSCAPE)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse(null);
        }
        return text == null ? Optional.empty() : Optional.of(read(log, text));
    }

    /** @throws InvalidRequest if the picture is not valid, or the run is one of ours */
    void post(RunLog log, String text) throws InvalidRequest {
        String id = log.header().id();
        if (!external(log)) {
            throw new InvalidRequest(
                    "",
                    "run " + id
                            + " is one of ours, whose picture is computed here; one of another program's is needed");
        }
        LandscapeDesk.Picture unused = read(log, text);
        synchronized (newest) {
            newest.remove(id);
            newest.put(id, text);
        }
        catalogue.attach(id, Attachment.LANDSCAPE, text.getBytes(StandardCharsets.UTF_8));
    }

    private static LandscapeDesk.Picture read(RunLog log, String text) throws InvalidRequest {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidRequest("", "the picture is not valid JSON" + JsonFault.of(e));
        }
        if (json == null || !json.isObject()) {
            throw new InvalidRequest(
                    "", "the picture is not a JSON object; one with labels, window, size and values is needed");
        }
        for (String name : (Iterable<String>) json::fieldNames) {
            if (!FIELDS.contains(name)) {
                throw new InvalidRequest(name, name + " is not known here; " + String.join(", ", FIELDS) + " would be");
            }
        }
        int size = json.path("size").asInt(0);
        if (size < 2 || size > PlaneGrid.MOST) {
            throw new InvalidRequest(
                    "size", "size is " + json.path("size") + "; 2 to " + PlaneGrid.MOST + " would be valid");
        }
        List<Double> window = numbers(json, "window", 4);
        if (!(window.get(0) < window.get(1)) || !(window.get(2) < window.get(3))) {
            throw new InvalidRequest("window", "window is " + window + "; from below to is needed along both axes");
        }
        List<Double> values = numbers(json, "values", size * size);
        List<Double> explained =
                json.has("explained") ? numbers(json, "explained", 2) : List.of(Double.NaN, Double.NaN);
        JsonNode labels = json.path("labels");
        if (labels.size() != 2) {
            throw new InvalidRequest("labels", "labels is " + labels + "; an array of two texts is needed");
        }
        List<LandscapeDesk.Point> points = path(json.path("path"));
        long version = points.isEmpty() ? 0 : points.get(points.size() - 1).iteration();
        String title = json.path("title").asText("as the program sent it");
        return new LandscapeDesk.Picture(
                null,
                new LandscapeDesk.Basis(
                        "posted",
                        title,
                        version,
                        version,
                        List.of(labels.get(0).asText(), labels.get(1).asText()),
                        explained,
                        window),
                List.of(new LandscapeDesk.Choice("posted", title)),
                new LandscapeDesk.Grid(
                        size, values.stream().mapToDouble(Double::doubleValue).toArray(), "posted", List.of()),
                List.of(new LandscapeDesk.Path(log.header().id(), log.header().name(), false, points, List.of())),
                List.of(),
                !log.ended());
    }

    private static List<LandscapeDesk.Point> path(JsonNode path) throws InvalidRequest {
        if (path.isMissingNode() || path.isNull()) {
            return List.of();
        }
        int count = path.path("iteration").size();
        if (count > MOST_POINTS) {
            throw new InvalidRequest(
                    "path.iteration",
                    "path.iteration has " + count + " entries; up to " + MOST_POINTS + " are possible");
        }
        List<Double> iteration = numbers(path, "iteration", count);
        List<Double> alpha = numbers(path, "alpha", count);
        List<Double> beta = numbers(path, "beta", count);
        List<Double> loss = path.has("loss") ? numbers(path, "loss", count) : null;
        List<Double> off = path.has("off") ? numbers(path, "off", count) : null;
        List<LandscapeDesk.Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new LandscapeDesk.Point(
                    iteration.get(i).longValue(),
                    0,
                    alpha.get(i),
                    beta.get(i),
                    off == null ? Double.NaN : off.get(i),
                    loss == null ? Double.NaN : loss.get(i),
                    Double.NaN,
                    0));
        }
        return points;
    }

    private static List<Double> numbers(JsonNode json, String name, int count) throws InvalidRequest {
        JsonNode array = json.path(name);
        if (!array.isArray() || array.size() != count) {
            throw new InvalidRequest(
                    name,
                    name + " is " + (array.isArray() ? "an array of " + array.size() : "absent or no array") + "; "
                            + count + " numbers are needed");
        }
        List<Double> numbers = new ArrayList<>(count);
        for (JsonNode entry : array) {
            String text = entry.asText();
            boolean special = text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
            if (!entry.isNumber() && !special) {
                throw new InvalidRequest(
                        name,
                        name + " holds " + entry + "; numbers, \"NaN\", \"Infinity\" and \"-Infinity\" are valid");
            }
            numbers.add(special ? Double.valueOf(text) : Double.valueOf(entry.doubleValue()));
        }
        return numbers;
    }
}
