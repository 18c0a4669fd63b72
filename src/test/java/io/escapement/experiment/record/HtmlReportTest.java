package io.escapement.experiment.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final Pattern RESULTS =
            Pattern.compile("<script type=\"application/json\" id=\"results\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void resultsAreInsideAndCannotEndTheirElement() throws IOException {
        String title = "a </script><script>alert(1)</script> <!-- b";
        String json = new ObjectMapper().writeValueAsString(java.util.Map.of("experiment", "x", "title", title));
        String html = HtmlReport.html(List.of(json, json));
        List<String> found =
                RESULTS.matcher(html).results().map(match -> match.group(1)).toList();
        assertThat(found).hasSize(1);
        JsonNode results = new ObjectMapper().readTree(found.get(0));
        assertThat(results).hasSize(2);
        assertThat(results.get(1).get("title").asText()).isEqualTo(title);
        assertThat(html).doesNotContain("alert(1)</script>");
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws IOException {
        String html = HtmlReport.html(List.of("{\"experiment\":\"x\"}"));
        assertThat(html).startsWith("<!doctype html>").contains("default-src 'none'");
        assertThat(Pattern.compile("<script[^>]*>").matcher(html).results().map(MatchResult::group))
                .as("elements with scripts")
                .containsExactly("<script type=\"application/json\" id=\"results\">", "<script>", "<script>");
        assertThat(Pattern.compile("<(link|img|iframe)\\b")
                        .matcher(html.substring(0, html.indexOf("<script>")))
                        .find())
                .isFalse();
    }
}
