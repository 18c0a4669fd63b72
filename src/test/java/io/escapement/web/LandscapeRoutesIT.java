package io.escapement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The landscape's answers, errors, and what becomes of a request whose client goes away. */
@Timeout(60)
class LandscapeRoutesIT {

    private static final String LANDSCAPE = "/api/v1/runs/drawn/landscape";

    private static Served served;
    private static WebClient client;

    @BeforeAll
    static void serve() {
        served = new Served();
        client = WebClient.create(
                served.vertx,
                new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(served.dashboard.port()));
        served.newRun("drawn");
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static HttpResponse<Buffer> get(String path) {
        return Served.await(client.get(path).send());
    }

    private static JsonNode json(HttpResponse<Buffer> response) {
        return PageModel.parse(response.bodyAsString());
    }

    private static HttpResponse<Buffer> put(String path, String body) {
        return Served.await(
                client.put(path).putHeader("Content-Type", "application/json").sendBuffer(Buffer.buffer(body)));
    }

    @Test
    void aPictureIsAPlaneAGridPathsAndMarks() {
        HttpResponse<Buffer> response = get(LANDSCAPE + "?size=9&aspect=1.5&trials=1&with=other");
        assertThat(response.statusCode()).isEqualTo(200);
        LandscapeDesk.Request asked = served.pictures.asked().get();
        assertThat(asked.runs()).containsExactly("drawn", "other");
        assertThat(asked.basis()).isEqualTo("auto");
        assertThat(asked.version()).isEqualTo(-1);
        assertThat(asked.aspect()).isEqualTo(1.5);
        assertThat(asked.trials()).isTrue();
        JsonNode picture = json(response);
        assertThat(picture.at("/basis/labels/1").asText()).isEqualTo("b");
        assertThat(picture.at("/basis/explained/0").asDouble()).isEqualTo(0.5);
        assertThat(picture.at("/basis/window")).hasSize(4);
        assertThat(picture.at("/bases/0/name").asText()).isEqualTo("plane");
        assertThat(picture.at("/marks/0/kind").asText()).isEqualTo("truth");
        assertThat(picture.at("/marks/0").has("iteration")).isFalse();
        JsonNode path = picture.at("/paths/0");
        assertThat(path.at("/iteration/0").asLong()).isEqualTo(3);
        assertThat(path.at("/off/0").asText()).isEqualTo("Infinity");
        assertThat(path.at("/planeLoss/0").asText()).isEqualTo("NaN");
        assertThat(picture.at("/grid/encoding").asText()).isEqualTo("base64-float64-le");
        ByteBuffer values = ByteBuffer.wrap(
                        Base64.getDecoder().decode(picture.at("/grid/values").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(values.remaining()).isEqualTo(Double.BYTES * 81);
        assertThat(values.getDouble(2 * Double.BYTES)).isEqualTo(0.1 * 2);
        assertThat(values.getDouble(Double.BYTES)).isNaN();
    }

    @Test
    void aGridMayBeAnArrayOrNone() {
        JsonNode picture = json(get(LANDSCAPE + "?size=17&encoding=array&window=-1,2,0.5,1e3&version=12"));
        assertThat(picture.at("/grid/values")).hasSize(289);
        assertThat(picture.at("/grid/values/1").asText()).isEqualTo("NaN");
        assertThat(served.pictures.asked().get().window()).isEqualTo(List.of(-1.0, 2.0, 0.5, 1e3));
        assertThat(served.pictures.asked().get().version()).isEqualTo(12);
        assertThat(json(get(LANDSCAPE + "?size=0")).has("grid")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size=64|size|64",
                "size=-1|size|-1",
                "size=big|size|big",
                "window=1,2,3|window|1,2,3",
                "window=2,1,0,1|window|2,1,0,1",
                "window=0,1,0,Infinity|window|Infinity",
                "aspect=0|aspect|'0'",
                "version=last|version|last",
                "encoding=xml|encoding|xml",
                "basis=none|basis|plane would be valid",
                "colour=red|colour|basis",
                "with=a,b,c,d,e,f,g,h|with|8 runs"
            })
    void whatIsWrongIsNamed(String query, String field, String says) {
        HttpResponse<Buffer> response = get(LANDSCAPE + "?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(problem.path("detail").asText()).contains(says);
    }

    @Test
    void anUnknownRunIsNotFound() {
        assertThat(get("/api/v1/runs/nobody/landscape").statusCode()).isEqualTo(404);
        assertThat(put("/api/v1/runs/nobody/landscape", "{\"values\":[]}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPictureIsPosted() {
        assertThat(put(LANDSCAPE, "{\"values\":[]}").statusCode()).isEqualTo(204);
        assertThat(Served.await(client.post(LANDSCAPE)
                                .putHeader("Content-Type", "application/json")
                                .sendBuffer(Buffer.buffer("{\"values\":[]}")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(put(LANDSCAPE, "{}").statusCode()).isEqualTo(400);
        assertThat(Served.await(client.put(LANDSCAPE).sendBuffer(Buffer.buffer("x")))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void aRequestWhoseClientGoesAwayIsBrokenOffAndOthersAreServed() {
        served.pictures.stops().set(null);
        HttpClient other = served.vertx.createHttpClient();
        HttpClientRequest request = Served.await(other.request(
                HttpMethod.GET, served.dashboard.port(), "127.0.0.1", LANDSCAPE + "?basis=" + Pictures.ENDLESS));
        request.send();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> served.pictures.stops().get() != null);
        assertThat(served.pictures.stops().get().getAsBoolean()).isFalse();
        Served.await(request.connection().close());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> served.pictures.stops().get().getAsBoolean());
        assertThat(get(LANDSCAPE).statusCode()).isEqualTo(200);
        Served.await(other.close());
    }
}
