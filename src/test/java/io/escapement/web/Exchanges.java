package io.escapement.web;

import io.escapement.alert.Sighting;
import io.escapement.event.Names;
import io.escapement.event.Phase;
import io.escapement.event.RunEvent;
import io.escapement.event.RunState;
import io.escapement.event.Values;
import io.escapement.store.RunLog;
import io.escapement.store.TestRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests to the API and the status that each is answered with, in an order in which they can be made. */
final class Exchanges {

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private Exchanges() {}

    /**
     * A request.
     *
     * @param operation that it is of, as in "GET /api/v1/runs/{id}"
     * @param path and query
     * @param type of the body, or null where there is none
     * @param token of whoever asks, "nobody" for none; the server is then the one with tokens, else the open one
     * @param status of the answer
     */
    record Exchange(String operation, String path, String type, String body, String token, int status) {

        boolean guarded() {
            return token != null;
        }

        Exchange as(String other, int refused) {
            return new Exchange(operation, path, type, body, other, refused);
        }

        Exchange asking(String parameter, int refused) {
            String query = (path.contains("?") ? "&" : "?") + parameter;
            return new Exchange(operation, path + query, type, body, token, refused);
        }

        Exchange with(String otherType, String otherBody, int refused) {
            return new Exchange(operation, path, otherType, otherBody, token, refused);
        }

        @Override
        public String toString() {
            String shown = body == null ? "" : body.length() > 60 ? body.substring(0, 60) + "…" : body;
            return operation.split(" ", 2)[0] + " " + path + " " + shown.strip() + (token == null ? "" : " as " + token)
                    + " " + status;
        }
    }

    /** What the requests are about. */
    static void prepare(Served served) {
        RunLog log = served.newRun("first");
        TestRuns events = new TestRuns();
        for (int i = 0; i < 100; i++) {
            log.append(
                    events.iteration(i, i == 40 ? Double.NaN : 1.0 / (i + 1), i == 41 ? Double.POSITIVE_INFINITY : 1));
        }
        log.append(events.phase(99, Phase.JUDGE, "rested"));
        log.append(events.stationary(99, TestRuns.spurious(), 0.01));
        log.append(events.escape(99, RunEvent.EscapeOutcome.PROPOSED, "one"));
        log.append(events.escape(99, RunEvent.EscapeOutcome.REJECTED, "two"));
        log.append(events.escape(99, RunEvent.EscapeOutcome.ACCEPTED, "three"));
        log.append(events.message(99, "a word"));
        for (int i = 100; i < 5000; i++) {
            log.append(events.iteration(i, Values.of(Names.of("loss", "rare"), 1e-3 / i, i % 7)));
        }
        log.append(events.stationary(4999, TestRuns.global(), 1e-9));
        RunLog ended = served.newRun("ended");
        TestRuns end = new TestRuns();
        ended.append(end.iteration(0, 1, 1));
        ended.append(end.end(0));
        served.newRun("unwanted").append(new TestRuns().end(0));
        served.newRun("bare");
        RunLog again = served.newRun("again");
        TestRuns attempts = new TestRuns();
        for (int i = 0; i < 10; i++) {
            again.append(attempts.iteration(i, 2, 1));
        }
        again.append(attempts.attempt(2).iteration(4, 1, 1));
        // The desk of these tests refuses whatever a run of this name is told.
        served.newRun("external").append(new TestRuns().iteration(0, 1, 1));
        served.feeders.registerForTest();
        served.alerts.look(Map.of(
                "first",
                new Sighting("first", "a run", Instant.now(), RunState.LOST, "Nothing is heard.", 3, 1.0, false)));
        served.alerts.look(Map.of());
        served.alerts.look(Map.of(
                "bare",
                new Sighting("bare", "a run", Instant.now(), RunState.LOST, "Nothing is heard.", 3, 1.0, false)));
        served.alerts.silence("bare", null, Instant.now().plus(Duration.ofHours(1)));
    }

    static List<Exchange> all() {
        List<Exchange> all = new ArrayList<>();
        documents(all);
        server(all);
        runs(all);
        oneRun(all);
        events(all);
        landscapes(all);
        alerts(all);
        experiments(all);
        return all;
    }

    private static void get(List<Exchange> all, String operation, String path, int status) {
        all.add(new Exchange("GET " + operation, path, null, null, null, status));
    }

    private static void send(List<Exchange> all, String operation, String path, String body, int status) {
        all.add(new Exchange(operation, path, JSON, body, null, status));
    }

    private static void documents(List<Exchange> all) {
        for (String path : List.of("/openapi.yaml", "/escapement.py", "/health/live", "/health/ready", "/metrics")) {
            get(all, path, path, 200);
        }
    }

    private static void server(List<Exchange> all) {
        String session = "/api/v1/session";
        get(all, session, session, 200);
        all.add(new Exchange("GET " + session, session, null, null, "read", 200));
        all.add(new Exchange("GET " + session, session, null, null, "nobody", 200));
        all.add(new Exchange("GET " + session, session, null, null, "wrong", 401));
        send(all, "POST " + session, session, "{\"token\":\"\"}", 200);
        send(all, "POST " + session, session, "[]", 400);
        all.add(new Exchange("POST " + session, session, JSON, "{\"token\":\"$read\"}", "nobody", 200));
        all.add(new Exchange("POST " + session, session, JSON, "{\"token\":\"$ingest\"}", "nobody", 403));
        all.add(new Exchange("POST " + session, session, JSON, "{\"token\":\"none\"}", "nobody", 401));
        all.add(new Exchange("DELETE " + session, session, null, null, null, 204));
        for (String path : List.of("store", "health", "overview", "problems", "solvers", "escapes")) {
            get(all, "/api/v1/" + path, "/api/v1/" + path, 200);
        }
        get(all, "/api/v1/problems/{name}", "/api/v1/problems/pmc", 200);
        get(all, "/api/v1/problems/{name}", "/api/v1/problems/none", 404);
    }

    private static void runs(List<Exchange> all) {
        String path = "/api/v1/runs";
        get(all, path, path, 200);
        get(all, path, path + "?limit=1", 200);
        get(all, path, path + "?state=&tag=&q=&cursor=", 200);
        get(all, path, path + "?state=running,limit&sort=loss&order=desc&problem=pmc&archived=false", 200);
        get(all, path, path + "?limit=0", 400);
        get(all, path, path + "?state=asleep", 400);
        get(all, path, path + "?stat=lost", 400);
        for (String cursor : List.of("nowhere", "zzz", "first", "%2B%2B")) {
            get(all, path, path + "?sort=loss&cursor=" + cursor, 400);
            get(all, path, path + "?sort=name&cursor=" + cursor, 400);
            get(all, path, path + "?cursor=" + cursor, 400);
        }
        send(
                all,
                "POST " + path,
                path,
                "{\"problem\":\"pmc\",\"options\":{\"n\":11,\"rho\":0.1,\"mask\":\"uniform\"}}",
                201);
        send(
                all,
                "POST " + path,
                path,
                "{\"source\":\"external\",\"schema\":1,\"name\":\"mine\",\"tags\":[\"a\"],\"settings\":{\"lr\":0.1},\"seed\":null}",
                201);
        send(all, "POST " + path, path, "{\"problem\":\"none\"}", 400);
        send(all, "POST " + path, path, "{\"source\":\"external\",\"nam\":\"mine\",\"seed\":0.5}", 400);
        send(all, "POST " + path, path, "{\"source\":\"external\",\"name\":null}", 201);
        for (String field : List.of("\"name\":\"\"", "\"name\":\" \"", "\"schema\":2", "\"schema\":\"1\"")) {
            send(all, "POST " + path, path, "{\"source\":\"external\"," + field + "}", 400);
        }
        send(all, "POST " + path, path, "{", 400);
        String episodes = "/api/v1/episodes";
        get(all, episodes, episodes, 200);
        get(all, episodes, episodes + "?run=first&outcome=escaped&mechanism=oracle-probe", 200);
        get(all, episodes, episodes + "?outcome=lucky", 400);
        get(all, episodes, episodes + "?cursor=zzz", 400);
    }

    private static void oneRun(List<Exchange> all) {
        String run = "/api/v1/runs/{id}";
        get(all, run, "/api/v1/runs/first", 200);
        get(all, run, "/api/v1/runs/ended", 200);
        get(all, run, "/api/v1/runs/bare", 200);
        get(all, run, "/api/v1/runs/none", 404);
        send(all, "PATCH " + run, "/api/v1/runs/first", "{\"name\":\"mine\",\"tags\":[\"a\"],\"note\":\"n\"}", 200);
        get(all, run, "/api/v1/runs/first", 200);
        send(all, "PATCH " + run, "/api/v1/runs/first", "{\"tags\":[\"a,b\"],\"state\":\"x\"}", 400);
        send(all, "PATCH " + run, "/api/v1/runs/first", "{\"name\":\"\"}", 400);
        send(all, "PATCH " + run, "/api/v1/runs/none", "{\"note\":null}", 404);
        String commands = run + "/commands";
        send(all, "POST " + commands, "/api/v1/runs/first/commands", "{\"command\":\"pause\"}", 202);
        send(all, "POST " + commands, "/api/v1/runs/first/commands", "{\"command\":\"dance\"}", 400);
        send(all, "POST " + commands, "/api/v1/runs/none/commands", "{\"command\":\"stop\"}", 404);
        send(all, "POST " + commands, "/api/v1/runs/ended/commands", "{\"command\":\"stop\"}", 409);
        send(all, "POST " + commands, "/api/v1/runs/external/commands", "{\"command\":\"pause\"}", 409);
        get(all, run + "/series", "/api/v1/runs/first/series", 200);
        get(all, run + "/series", "/api/v1/runs/first/series?names=loss&from=30&to=50&points=64", 200);
        get(all, run + "/series", "/api/v1/runs/bare/series", 200);
        get(all, run + "/series", "/api/v1/runs/first/series?from=10&to=10", 200);
        get(all, run + "/series", "/api/v1/runs/first/series?from=10&to=1", 400);
        get(all, run + "/series", "/api/v1/runs/first/series?points=5000", 400);
        get(all, run + "/series", "/api/v1/runs/none/series", 404);
        get(all, run + "/replaced", "/api/v1/runs/again/replaced", 200);
        get(all, run + "/replaced", "/api/v1/runs/first/replaced", 200);
        get(all, run + "/replaced", "/api/v1/runs/none/replaced", 404);
        for (String format : List.of("csv", "ndjson", "parquet")) {
            get(all, run + "/export", "/api/v1/runs/first/export?format=" + format, 200);
        }
        get(all, run + "/export", "/api/v1/runs/first/export?format=xls", 400);
        get(all, run + "/export", "/api/v1/runs/none/export", 404);
        all.add(new Exchange("DELETE " + run, "/api/v1/runs/first", null, null, null, 409));
        all.add(new Exchange("DELETE " + run, "/api/v1/runs/unwanted", null, null, null, 204));
        all.add(new Exchange("DELETE " + run, "/api/v1/runs/unwanted", null, null, null, 404));
    }

    private static void events(List<Exchange> all) {
        String events = "/api/v1/runs/{id}/events";
        get(all, events, "/api/v1/runs/first/events", 200);
        get(all, events, "/api/v1/runs/first/events?kind=escape&limit=1", 200);
        get(all, events, "/api/v1/runs/ended/events?kind=verdict", 200);
        get(all, events, "/api/v1/runs/first/events?kind=iteration", 400);
        get(all, events, "/api/v1/runs/first/events?cursor=zzz", 400);
        get(all, events, "/api/v1/runs/none/events", 404);
        String fed = "/api/v1/runs/fed-0/events";
        all.add(new Exchange("POST " + events, fed, NDJSON, """
            {"loss":0.5}
            {"seq":4,"iteration":4,"values":{"loss":"NaN"},"mine":"kept"}
            {"kind":"heartbeat","expectNext":60}
            """, null, 200));
        all.add(new Exchange("POST " + events, fed, NDJSON, "{\"loss\":\n", null, 200));
        all.add(new Exchange("POST " + events, fed, NDJSON, " ".repeat((1 << 20) + 1), null, 413));
        all.add(new Exchange("POST " + events, fed, "text/csv", "1,2", null, 415));
        all.add(new Exchange("POST " + events, "/api/v1/runs/none/events", NDJSON, "{}", null, 404));
        all.add(new Exchange("POST " + events, "/api/v1/runs/first/events", NDJSON, "{}", null, 409));
        get(all, "/api/v1/stream", "/api/v1/stream", 426);
        get(all, "/api/v1/ingest", "/api/v1/ingest?run=fed-0", 426);
    }

    private static void landscapes(List<Exchange> all) {
        String landscape = "/api/v1/runs/{id}/landscape";
        get(all, landscape, "/api/v1/runs/first/landscape?size=9", 200);
        get(all, landscape, "/api/v1/runs/first/landscape?size=9&encoding=array", 200);
        get(all, landscape, "/api/v1/runs/first/landscape?size=0&window=-1,1,-1,1&aspect=2&trials=1", 200);
        get(all, landscape, "/api/v1/runs/first/landscape?size=10", 400);
        get(all, landscape, "/api/v1/runs/none/landscape", 404);
        String picture = "{\"labels\":[\"a\",\"b\"],\"window\":[0,1,0,1],\"size\":2,\"values\":[1,2,3,\"NaN\"]}";
        for (String method : List.of("PUT ", "POST ")) {
            send(all, method + landscape, "/api/v1/runs/first/landscape", picture, 204);
            send(all, method + landscape, "/api/v1/runs/first/landscape", "{}", 400);
            send(all, method + landscape, "/api/v1/runs/none/landscape", picture, 404);
        }
    }

    private static void alerts(List<Exchange> all) {
        String alerts = "/api/v1/alerts";
        get(all, alerts, alerts, 200);
        get(all, alerts, alerts + "?limit=0", 400);
        get(all, alerts + "/webhooks", alerts + "/webhooks", 200);
        send(all, "POST " + alerts + "/webhooks/test", alerts + "/webhooks/test", "{}", 202);
        String silences = alerts + "/silences";
        send(all, "POST " + silences, silences, "{\"rule\":\"slow\",\"seconds\":60}", 201);
        send(all, "POST " + silences, silences, "{\"run\":\"ended\",\"seconds\":60}", 201);
        send(all, "POST " + silences, silences, "{\"run\":\"none\",\"seconds\":60}", 404);
        send(all, "POST " + silences, silences, "{\"run\":\"first\",\"seconds\":0}", 400);
        send(all, "POST " + silences, silences, "{\"seconds\":60}", 400);
        // The first was made beforehand.
        all.add(new Exchange("DELETE " + silences + "/{id}", silences + "/s1", null, null, null, 204));
        all.add(new Exchange("DELETE " + silences + "/{id}", silences + "/s1", null, null, null, 404));
        get(all, alerts, alerts, 200);
    }

    private static void experiments(List<Exchange> all) {
        String list = "/api/v1/experiments";
        String one = list + "/{id}";
        get(all, list, list, 200);
        get(all, one, list + "/leac-table1", 200);
        get(all, one, list + "/sod-pmc", 404);
        get(all, one + "/trials", list + "/leac-table1/trials?limit=2", 200);
        get(all, one + "/trials", list + "/leac-table1/trials?limit=0", 400);
        get(all, one + "/trials", list + "/none/trials", 404);
        send(all, "POST " + one, list + "/none", "{}", 404);
        send(all, "POST " + one, list + "/sod-pmc", "{\"trials\":\"many\"}", 400);
        send(all, "POST " + one, list + "/sod-pmc", "{\"quick\":true,\"trials\":1}", 202);
        send(all, "POST " + one, list + "/sod-pmc", "{}", 409);
        get(all, list, list, 200);
        send(all, "POST " + one + "/commands", list + "/sod-pmc/commands", "{\"command\":\"stop\"}", 202);
        send(all, "POST " + one + "/commands", list + "/sod-pmc/commands", "{\"command\":\"stop\"}", 409);
        send(all, "POST " + one + "/commands", list + "/sod-pmc/commands", "{\"command\":\"go\"}", 400);
    }

    /**
     * What follows from the document for every operation: without a token, with another role, with a parameter that it does not name, with
     * a body of another kind or too large.
     */
    static List<Exchange> refusals(OpenApi api, List<Exchange> table) {
        List<Exchange> all = new ArrayList<>();
        api.operations().forEach((name, operation) -> {
            Exchange base = table.stream()
                    .filter(exchange -> exchange.operation().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no request of " + name + " is in the table"));
            all.add(base.asking("surprise=1", 400));
            String role = operation.node().path("x-escapement-role").asText().toLowerCase(Locale.ROOT);
            if (!role.equals("anybody")) {
                all.add(base.as("nobody", 401));
                all.add(base.as(role.equals("ingest") ? "read" : "ingest", 403));
            }
            boolean json = operation.node().at("/requestBody/content").has(JSON)
                    && !operation.node().at("/requestBody/content").has(NDJSON);
            if (json) {
                all.add(base.with("text/plain", "x", 415));
                all.add(base.with(JSON, " ".repeat(5 << 20), 413));
            }
        });
        return all;
    }
}
