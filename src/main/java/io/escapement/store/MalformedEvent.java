package io.escapement.store;

/** An event that cannot be read. The message names the field, what it holds and what would be valid. */
public final class MalformedEvent extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param what is wrong with the field, to be read after its name */
    MalformedEvent(String field, String what) {
        super(field.isEmpty() ? "the event " + what : field + " " + what);
        this.field = field;
    }

    /** Path of the field, as in "values.loss"; empty for the event as a whole. */
    public String field() {
        return field;
    }
}
