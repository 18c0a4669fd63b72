package io.escapement.web;

import java.util.List;

/** A request that cannot be carried out as it is. */
public final class InvalidRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    /**
     * What is wrong with one field.
     *
     * @param field path of the field, as in "options.rho"
     * @param detail names the value and what would be valid
     */
    public record FieldError(String field, String detail) {}

    /** @param errors at least one */
    public InvalidRequest(List<FieldError> errors) {
        super(errors.get(0).detail());
        this.errors = List.copyOf(errors);
    }

    public InvalidRequest(String field, String detail) {
        this(List.of(new FieldError(field, detail)));
    }

    public List<FieldError> errors() {
        return errors;
    }
}
