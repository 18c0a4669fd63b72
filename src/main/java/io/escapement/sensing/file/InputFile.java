package io.escapement.sensing.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that was looked at before it is read: it exists, is a regular file and may be read. A pipe or a device is refused: it
 * may never end.
 */
public final class InputFile {

    private final Path path;
    private final long size;

    private InputFile(Path path, long size) {
        this.path = path;
        this.size = size;
    }

    /**
     * @param needed what would be valid, for messages: "a CSV file"
     * @throws MalformedInput if it is not such a file
     */
    public static InputFile of(Path path, String needed) throws IOException {
        String name = path.toString();
        if (!Files.exists(path)) {
            throw new MalformedInput(name, 0, 0, "there is no such file; " + needed + " is needed");
        }
        if (Files.isDirectory(path)) {
            throw new MalformedInput(name, 0, 0, "this is a directory; " + needed + " is needed");
        }
        if (!Files.isRegularFile(path)) {
            throw new MalformedInput(
                    name, 0, 0, "this is a pipe or a device, not a regular file; " + needed + " is needed");
        }
        if (!Files.isReadable(path)) {
            throw new MalformedInput(name, 0, 0, "the file may not be read; check its permissions");
        }
        return new InputFile(path, Files.size(path));
    }

    public String name() {
        return path.toString();
    }

    Path path() {
        return path;
    }

    /** Bytes. */
    public long size() {
        return size;
    }

    public InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}
