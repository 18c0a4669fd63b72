package io.escapement.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The files of a run in its header: where they are and a digest of what was in them, so that a resumed run reads the same again or says
 * that it cannot.
 */
final class InputFiles {

    private static final String DATA = "data";
    private static final String VALUES = "b";
    private static final String CASE = "case";
    private static final String PATH = "-path";
    private static final String DIGEST = "-sha256";
    private static final int BUFFER = 1 << 16;

    private InputFiles() {}

    /** Settings for the header of a run that reads files. */
    static Map<String, String> of(DataOptions data) {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, DATA, data.data);
        put(settings, VALUES, data.b);
        put(settings, CASE, data.caseFile);
        if (data.indexBase != null) {
            settings.put("index-base", data.indexBase.toString());
        }
        if (data.psd) {
            settings.put("psd", "true");
        }
        if (data.out != null) {
            settings.put("out", data.out.toAbsolutePath().toString());
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String name, Path file) {
        if (file != null && Files.isRegularFile(file)) {
            settings.put(name + PATH, file.toAbsolutePath().toString());
            settings.put(name + DIGEST, digest(file));
        }
    }

    /** Whether a run with these settings read a file. */
    static boolean used(Map<String, String> settings) {
        return settings.containsKey(DATA) || settings.containsKey(CASE);
    }

    /**
     * The options again.
     *
     * @throws CannotResume if a file was standard input
     * @throws BadData if one is not there, or has changed
     */
    static DataOptions again(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        for (String name : List.of(DATA, VALUES, CASE)) {
            String path = settings.get(name + PATH);
            if (path != null) {
                requireUnchanged(Path.of(path), settings.get(name + DIGEST));
                arguments.add("--" + name + "=" + path);
            } else if (settings.containsKey(name)) {
                throw new CannotResume("read " + settings.get(name) + ", which is no file that could be read again");
            }
        }
        for (String name : List.of("index-base", "hold-out", "center", "out")) {
            if (settings.containsKey(name)) {
                arguments.add("--" + name + "=" + settings.get(name));
            }
        }
        if (settings.containsKey("psd")) {
            arguments.add("--psd");
        }
        DataOptions data = new DataOptions();
        new CommandLine(data).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments.toArray(String[]::new));
        return data;
    }

    private static void requireUnchanged(Path file, String digest) {
        if (!Files.isRegularFile(file)) {
            throw new BadData(
                    file + " is not there any more; the run can be resumed with the file that it began with", null);
        }
        String now = digest(file);
        if (!now.equals(digest)) {
            throw new BadData(
                    file + " has changed since the run began (SHA-256 " + now.substring(0, 12) + "…, it was "
                            + digest.substring(0, 12) + "…); the run can be resumed with the file that it began with",
                    null);
        }
    }

    private static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            try (DigestInputStream through = new DigestInputStream(in, digest)) {
                while (through.read(buffer) >= 0) {
                    // The digest takes what goes through.
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new BadData(file + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
