package io.escapement.store;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads and writes the records of a sealed interface component by component, named by kind: {@code GradientSmall(norm,
 * bound)} is kind "gradient-small" with the fields "norm" and "bound". A record added to the interface is written and read
 * without a change here.
 *
 * @param <T> the sealed interface; components of its records may be double, int, long, String, Duration or again a T,
 *     which becomes an object with its "kind"
 */
final class RecordJson<T> {

    private final Class<T> type;

    RecordJson(Class<T> sealed) {
        type = sealed;
    }

    /** "gradient-small" for {@code GradientSmall}. */
    static String kind(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Writes an object with the kind and the components. */
    void write(JsonGenerator json, T value) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", kind(value.getClass()));
        writeComponents(json, value);
        json.writeEndObject();
    }

    /** Writes the components as fields of the object that is open. */
    void writeComponents(JsonGenerator json, T value) throws IOException {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            json.writeFieldName(component.getName());
            Object part = get(component, value);
            if (part instanceof Double number) {
                json.writeNumber(number);
            } else if (part instanceof Integer number) {
                json.writeNumber(number);
            } else if (part instanceof Long number) {
                json.writeNumber(number);
            } else if (part instanceof Duration duration) {
                json.writeNumber(JsonFields.seconds(duration));
            } else if (part instanceof String text) {
                json.writeString(text);
            } else if (type.isInstance(part)) {
                write(json, type.cast(part));
            } else {
                throw new IllegalStateException(value.getClass() + " has a component " + component
                        + ", which is none of double, int, long, String, Duration and " + type);
            }
        }
    }

    /** Reads what {@link #write} has written. */
    T read(JsonFields fields) {
        return read(fields.path("kind"), fields.text("kind"), fields);
    }

    /**
     * @param kindField where the kind came from, for the error
     * @param fields the object with the components
     */
    T read(String kindField, String kind, JsonFields fields) {
        for (Class<?> candidate : type.getPermittedSubclasses()) {
            if (kind(candidate).equals(kind)) {
                return type.cast(build(candidate, fields));
            }
        }
        String known = Arrays.stream(type.getPermittedSubclasses())
                .map(RecordJson::kind)
                .collect(Collectors.joining(", "));
        throw new MalformedEvent(kindField, "is '" + kind + "'; one of " + known + " would be valid");
    }

    private Object build(Class<?> kind, JsonFields fields) {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] parts = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            parts[i] = part(components[i], fields);
        }
        try {
            var constructor = kind.getDeclaredConstructor(types);
            return constructor.newInstance(parts);
        } catch (InvocationTargetException e) {
            throw new MalformedEvent(
                    fields.path(), "is not valid: " + e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind + " cannot be built", e);
        }
    }

    private Object part(RecordComponent component, JsonFields fields) {
        String name = component.getName();
        Class<?> part = component.getType();
        if (part == double.class) {
            return fields.number(name);
        }
        if (part == int.class) {
            return (int) fields.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (part == long.class) {
            return fields.integer(name, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (part == type) {
            return read(fields.object(name));
        }
        return part == Duration.class ? fields.duration(name) : fields.text(name);
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " of " + value.getClass() + " cannot be read", e);
        }
    }
}
