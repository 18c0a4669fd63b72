package io.escapement.sensing.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Dense measurements from a NumPy archive, a zip of arrays: {@code A} and {@code b}. A member is inflated as far as its own header
 * asks for and no further, and what it declares is checked first against what deflate can make of its bytes.
 */
final class NpzFile {

    private static final String SUFFIX = ".npy";
    private static final int LISTED = 20;

    private final InputFile file;
    private final ZipFile zip;

    private NpzFile(InputFile file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    static SensingFile read(InputFile file, boolean psd) throws IOException {
        try (ZipFile zip = new ZipFile(file.path().toFile())) {
            NpzFile archive = new NpzFile(file, zip);
            double[] b = archive.open("b", NpyArray::vector);
            return archive.open("A", array -> new DenseRowsReader(array, b, psd).read(file.name(), FileFormat.NPZ));
        } catch (ZipException | EOFException e) {
            throw new MalformedInput(
                    file.name(), 0, 0, "the archive is damaged or cut short: " + e.getMessage() + "; write it again");
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(NpyArray array) throws IOException;
    }

    private <T> T open(String key, Reader<T> reader) throws IOException {
        ZipEntry entry = entry(key);
        String name = file.name() + ", member " + key;
        long most = entry.getMethod() == ZipEntry.STORED
                ? entry.getCompressedSize()
                : ByteSource.DEFLATE_RATIO * (entry.getCompressedSize() + 1);
        if (entry.getCompressedSize() > file.size() || entry.getSize() > most) {
            throw MalformedInput.atByte(
                    name,
                    0,
                    "it declares " + entry.getSize() + " bytes, and the " + entry.getCompressedSize()
                            + " that the archive keeps of it cannot hold as many; write it again");
        }
        CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
        try (BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16)) {
            T read = reader.read(new NpyArray(name, buffered, entry.getSize()));
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw MalformedInput.atByte(name, 0, "its checksum is wrong: the archive is damaged; write it again");
            }
            return read;
        }
    }

    private ZipEntry entry(String key) throws IOException {
        List<? extends ZipEntry> found =
                zip.stream().filter(each -> each.getName().equals(key + SUFFIX)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new MalformedInput(
                file.name(),
                0,
                0,
                (found.isEmpty() ? "there is no array " + key : found.size() + " arrays are called " + key)
                        + " in the archive, which holds " + contents()
                        + "; numpy.savez(\"x.npz\", A=A, b=b) with A of shape (m, n1, n2) and b of shape (m,) is"
                        + " needed");
    }

    private String contents() throws IOException {
        List<String> held = new ArrayList<>();
        for (ZipEntry each : zip.stream().limit(LISTED).toList()) {
            String key = each.getName().endsWith(SUFFIX)
                    ? each.getName().substring(0, each.getName().length() - SUFFIX.length())
                    : each.getName();
            held.add(TextSource.quote(key) + described(each));
        }
        if (zip.size() > LISTED) {
            held.add("and " + (zip.size() - LISTED) + " more");
        }
        return held.isEmpty() ? "nothing" : String.join(", ", held);
    }

    private String described(ZipEntry entry) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
            return " " + NpyHeader.read(entry.getName(), in);
        } catch (MalformedInput | ZipException | EOFException e) {
            return " (no array that is read)";
        }
    }
}
