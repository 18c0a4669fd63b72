package io.escapement.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which anything can be written, whole or not, and answers are read. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 120_000;

    final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** What was answered. */
    record Answer(int status, JsonNode body) {}

    /** Registers a run; returns its id. */
    String register() throws IOException {
        return post("/api/v1/runs", "application/json", "{\"source\":\"external\"}")
                .body()
                .path("id")
                .asText();
    }

    Answer events(String run, String lines) throws IOException {
        return post("/api/v1/runs/" + run + "/events", "application/x-ndjson", lines);
    }

    private Answer post(String path, String type, String body) throws IOException {
        head(path, type, body.getBytes(StandardCharsets.UTF_8).length);
        write(body);
        return answer();
    }

    /** The head of a POST, without its body. */
    void head(String path, String type, long length) throws IOException {
        write("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\n\r\n");
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    Answer answer() throws IOException {
        String head = "";
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            head = head.isEmpty() ? line : head;
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        return new Answer(
                Integer.parseInt(head.split(" ", 3)[1]),
                body.length > 0 && body[0] == '{' ? Victim.JSON.readTree(body) : Victim.JSON.nullNode());
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed after '" + line.toString(StandardCharsets.US_ASCII) + "'");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    /** Whether the other side closes the connection, whatever it says before. */
    boolean closes() throws IOException {
        byte[] buffer = new byte[4096];
        try {
            while (in.read(buffer) >= 0) {
                // What it says is of no interest.
            }
        } catch (java.net.SocketException e) {
            return true;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
