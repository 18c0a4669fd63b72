package io.escapement.sensing.data;

/** What is taken from the known entries before a factor is fitted to them, and added again to what it predicts. */
public enum Centering {
    /** Nothing. */
    NONE,
    /** The mean of the entries to fit. */
    MEAN
}
