package io.escapement.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which processes are alive: each holds a lock on a file of its own, which the system releases when it ends in whatever
 * way. Unlike a process id it is right across containers, and is not given to another.
 */
final class Owners implements AutoCloseable {

    private static final String DIRECTORY = "processes";

    /** Those of this Java process: to open and close such a file would release its lock on POSIX systems. */
    private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

    private final Path files;
    private final String self;
    private final FileChannel channel;

    private Owners(Path files, String self, FileChannel channel) {
        this.files = files;
        this.self = self;
        this.channel = channel;
    }

    static Owners claim(Path directory) throws IOException {
        Path files = directory.resolve(DIRECTORY);
        Files.createDirectories(files);
        String self = UUID.randomUUID().toString();
        FileChannel channel =
                FileChannel.open(files.resolve(self), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        HERE.add(self);
        FileLock unused = channel.lock();
        return new Owners(files, self, channel);
    }

    String self() {
        return self;
    }

    /** Whether the process that goes by this name is alive. The file of one that is not is removed. */
    boolean alive(String owner) throws IOException {
        if (HERE.contains(owner)) {
            return true;
        }
        Path file = files.resolve(owner);
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock lock = other.tryLock();
            if (lock == null) {
                return true;
            }
            Files.deleteIfExists(file);
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(files.resolve(self));
        channel.close();
        HERE.remove(self);
    }
}
