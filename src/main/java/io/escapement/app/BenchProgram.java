package io.escapement.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that sends the events of one run in batches, each a request of a connection that stays open, and waits for each
 * answer. As lean as can be, a socket and an array of bytes, because it shares the machine with the server it measures. Not
 * thread-safe.
 */
final class BenchProgram implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");
    private static final int ROOM = 96;

    /** An answer's head is longer in no server. */
    private static final int MOST_HEAD = 16 * 1024;

    private static final int PATIENCE_MILLIS = 120_000;

    private final URI server;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] body = new byte[1 << 16];
    private int length;

    BenchProgram(URI server) throws IOException {
        this.server = server;
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Registers a run; returns its id. */
    String register() throws IOException {
        length = 0;
        text("{\"source\":\"external\",\"name\":\"bench\"}");
        return post("/api/v1/runs", "application/json").path("id").asText();
    }

    /**
     * Sends events {@code 0} to {@code count} − 1 of a run, with a loss that falls.
     *
     * @return bytes of lines that were sent
     * @throws IOException if a batch was not accepted as a whole
     */
    long send(String run, long count, int batch) throws IOException {
        String path = "/api/v1/runs/" + run + "/events";
        long bytes = 0;
        for (long from = 0; from < count; from += batch) {
            long end = Math.min(count, from + batch);
            length = 0;
            for (long i = from; i < end; i++) {
                line(i, i, count - i);
            }
            bytes += length;
            JsonNode answer = post(path, "application/x-ndjson");
            if (answer.path("accepted").asLong() != end - from) {
                throw new IOException("of " + (end - from) + " events: " + answer);
            }
        }
        return bytes;
    }

    /**
     * Sends so many iterations, and a message after them.
     *
     * @param number of the message, from 0; so many times this was done before
     */
    void mark(String run, long number, int iterations, String text) throws IOException {
        length = 0;
        long first = number * (iterations + 1L);
        for (int i = 0; i < iterations; i++) {
            line(first + i, number * iterations + i, Math.max(1, Integer.MAX_VALUE - first - i));
        }
        text("{\"seq\":" + (first + iterations) + ",\"kind\":\"message\",\"text\":\"" + text + "\"}\n");
        post("/api/v1/runs/" + run + "/events", "application/x-ndjson");
    }

    /** Ends the run, after so many events. */
    void end(String run, long count) throws IOException {
        length = 0;
        text("{\"seq\":" + count + ",\"kind\":\"verdict\",\"state\":\"converged\"}\n");
        post("/api/v1/runs/" + run + "/events", "application/x-ndjson");
    }

    private void line(long number, long iteration, long loss) {
        if (length + 2 * ROOM > body.length) {
            body = Arrays.copyOf(body, 2 * body.length);
        }
        text("{\"seq\":");
        digits(number);
        text(",\"iteration\":");
        digits(iteration);
        text(",\"loss\":");
        digits(loss);
        text(".25,\"gradientNorm\":");
        digits(2 * loss);
        text(".5e-3}\n");
    }

    @SuppressWarnings("deprecation") // The fast way for ASCII.
    private void text(String ascii) {
        ascii.getBytes(0, ascii.length(), body, length);
        length += ascii.length();
    }

    private void digits(long number) {
        int places = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            places++;
        }
        long rest = number;
        for (int at = length + places - 1; at >= length; at--) {
            body[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += places;
    }

    private JsonNode post(String path, String type) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + server.getHost() + ":" + server.getPort()
                + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body, 0, length);
        out.flush();
        String answer = head();
        Matcher told = LENGTH.matcher(answer);
        byte[] content = in.readNBytes(told.find() ? Integer.parseInt(told.group(1)) : 0);
        if (!answer.startsWith("HTTP/1.1 20")) {
            throw new IOException(answer.strip() + "\n" + new String(content, StandardCharsets.UTF_8));
        }
        return JSON.readTree(content);
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            head.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
            if (head.size() > MOST_HEAD) {
                throw new IOException("the answer's head is longer than " + MOST_HEAD + " bytes");
            }
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
