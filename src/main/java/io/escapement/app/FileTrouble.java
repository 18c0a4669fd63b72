package io.escapement.app;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, in words: the message of the exception is often the name of the file alone. */
final class FileTrouble {

    private FileTrouble() {}

    static String words(Exception why) {
        if (why instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (why instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (why instanceof FileSystemException known) {
            return known.getReason() == null ? known.getClass().getSimpleName() : known.getReason();
        }
        return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    }
}
