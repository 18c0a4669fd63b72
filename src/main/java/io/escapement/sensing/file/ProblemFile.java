package io.escapement.sensing.file;

/** What a file gives to solve: a matrix with missing entries, or measurements. Its content says which, and in what format. */
public sealed interface ProblemFile permits MatrixFile, SensingFile {

    /** As the user named it. */
    String name();

    FileFormat format();

    /** Name and format, for a description. */
    default String title() {
        return name() + " (" + format().title() + ")";
    }
}
