package io.escapement.sensing.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** A file that is there whole or not at all: written beside its target, which it replaces once it is complete. */
final class WholeFile {

    private WholeFile() {}

    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** @param target compressed if its name ends in {@code .gz} */
    static void write(Path target, Content content) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        boolean gzip = target.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        try {
            try (OutputStream file = Files.newOutputStream(part);
                    OutputStream packed = gzip ? new GZIPOutputStream(file, 1 << 16) : file;
                    OutputStream out = new BufferedOutputStream(packed, 1 << 16)) {
                content.writeTo(out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
