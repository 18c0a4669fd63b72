package io.escapement.experiment.record;

import java.nio.file.Path;

/** Another process writes this journal. */
public final class JournalInUse extends RuntimeException {

    private static final long serialVersionUID = 1;

    JournalInUse(Path file) {
        super(file + " is being written by another process; wait for it, or give another directory (--out)");
    }
}
