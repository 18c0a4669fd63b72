package io.escapement.run.codec;

/** What follows in the bytes, one byte each; the number is the position here, so a new one goes to the end. */
enum Tag {
    NULL,
    FALSE,
    TRUE,
    INT,
    LONG,
    DOUBLE,
    STRING,
    /** Type, name. */
    ENUM,
    /** Type, components in order. */
    RECORD,
    /** Number of a record, array or matrix that came before. */
    AGAIN,
    DOUBLES,
    INTS,
    LONGS,
    /** Rows, columns, entries row by row. */
    MATRIX,
    LIST,
    /** Size, and text and value in turn. */
    MAP,
    EMPTY,
    PRESENT,
    /** An OptionalDouble that holds a number. */
    NUMBER,
    NO_NUMBER,
    /** Seconds, nanoseconds. */
    DURATION
}
