package io.escapement.sensing.file;

import io.escapement.sensing.ObservedMatrix;
import java.util.Optional;

/**
 * A matrix with missing entries as read from a file.
 *
 * @param csv how a CSV file is laid out; empty for other formats
 */
public record MatrixFile(String name, FileFormat format, ObservedMatrix matrix, Optional<CsvLayout> csv)
        implements ProblemFile {}
