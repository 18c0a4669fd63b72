package io.escapement.experiment.record;

import java.nio.file.Path;

/** A journal that cannot be read; the message names file, line and what to do. */
public final class MalformedJournal extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedJournal(Path file, long line, String problem) {
        super(file + ", line " + line + ": " + problem
                + "; mend or remove the line, or give another directory (--out)");
    }
}
