package io.escapement.store;

/**
 * Something that belongs to a run and is no event, such as its path for pictures: bytes that a store writes now and then, and whole at the
 * end. Thread-safe.
 */
public interface Attachment {

    /** Name of a run's path among its attachments. */
    String PATH = "path";

    /** Name of a picture that the program of a run has posted. */
    String LANDSCAPE = "landscape";

    /** Grows whenever the content changes. */
    long version();

    /** Room that it takes in memory, about. */
    long bytes();

    /** The content as it is now. */
    byte[] content();
}
