package io.escapement.run.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads what {@link StateWriter} wrote. Makes nothing but records and enums of this program and the few types of the JDK and EJML that a
 * state holds, through their own constructors, so bytes from anywhere can do no more than be refused.
 */
public final class StateReader {

    static final String OURS = "io.escapement.";

    private static final Tag[] TAGS = Tag.values();

    private final ByteBuffer in;
    private final Object template;
    private final List<Object> seen = new ArrayList<>();
    private final List<Class<?>> types = new ArrayList<>();
    private final Map<Class<?>, RecordShape> shapes = new HashMap<>();

    private StateReader(byte[] bytes, Object template) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.template = template;
    }

    /**
     * @param template a record whose components that are {@link io.escapement.solve.FromProblem} are given to every record of its type
     * @throws MalformedState if it is not what this program writes
     */
    public static Object read(byte[] bytes, Object template) {
        StateReader reader = new StateReader(bytes, template);
        try {
            Object state = reader.value();
            if (reader.in.hasRemaining()) {
                throw new MalformedState(reader.in.remaining() + " bytes follow the end of the state");
            }
            return state;
        } catch (BufferUnderflowException e) {
            throw new MalformedState("the state breaks off after " + bytes.length + " bytes", e);
        } catch (ArithmeticException e) {
            throw new MalformedState("a duration is out of bounds", e);
        } catch (StackOverflowError e) {
            throw new MalformedState("the state is nested too deeply");
        }
    }

    private Object value() {
        Tag tag = tag();
        return switch (tag) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case DOUBLE -> Double.longBitsToDouble(in.getLong());
            case STRING -> text();
            case ENUM -> constant();
            case DURATION -> Duration.ofSeconds(in.getLong(), in.getInt());
            case NUMBER -> OptionalDouble.of(Double.longBitsToDouble(in.getLong()));
            case NO_NUMBER -> OptionalDouble.empty();
            case EMPTY -> Optional.empty();
            case PRESENT -> Optional.of(present());
            case LIST -> list();
            case MAP -> map();
            case AGAIN -> seen.get(within(seen.size()));
            case DOUBLES -> remembered(doubles(size(Double.BYTES)));
            case INTS -> remembered(ints());
            case LONGS -> remembered(longs());
            case MATRIX -> remembered(matrix());
            case RECORD -> remembered(fields());
        };
    }

    private Tag tag() {
        int number = in.get();
        if (number < 0 || number >= TAGS.length) {
            throw new MalformedState("byte " + (in.position() - 1) + " is " + number + ", which says nothing");
        }
        return TAGS[number];
    }

    private Object present() {
        Object value = value();
        if (value == null) {
            throw new MalformedState("an optional holds nothing");
        }
        return value;
    }

    private List<Object> list() {
        int size = size(1);
        List<Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(value());
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map() {
        int size = size(1);
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = text();
            map.put(key, value());
        }
        return Collections.unmodifiableMap(map);
    }

    private Object remembered(Object value) {
        seen.add(value);
        return value;
    }

    private Object constant() {
        Class<?> type = type();
        String name = text();
        for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new MalformedState(type.getName() + " knows no " + name);
    }

    private Object fields() {
        Class<?> type = type();
        RecordShape shape = shapes.get(type);
        if (shape == null) {
            throw new MalformedState(type.getName() + " is no record");
        }
        if (shape.ofProblem() && (template == null || template.getClass() != type)) {
            throw new MalformedState(type.getName() + " takes something from the problem, which is not at hand");
        }
        Object[] parts = new Object[shape.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = shape.kept(i) ? value() : shape.get(template, i);
        }
        return shape.make(parts);
    }

    private Class<?> type() {
        int number = in.getInt();
        if (number >= 0 && number < types.size()) {
            return types.get(number);
        }
        if (number != types.size()) {
            throw new MalformedState("type " + number + " was not named before");
        }
        String name = text();
        String signature = text();
        Class<?> type = ours(name);
        if (type.isRecord()) {
            RecordShape shape = new RecordShape(type);
            if (!shape.signature().equals(signature)) {
                throw new MalformedState(name + " is " + signature + " there and " + shape.signature()
                        + " in this version of the program; the version that wrote it can read it");
            }
            shapes.put(type, shape);
        }
        types.add(type);
        return type;
    }

    private static Class<?> ours(String name) {
        try {
            if (name.startsWith(OURS)) {
                Class<?> type = Class.forName(name, false, StateReader.class.getClassLoader());
                if (type.isRecord() || type.isEnum()) {
                    return type;
                }
            }
        } catch (ClassNotFoundException e) {
            throw new MalformedState(
                    name + " is not known to this version of the program; the version that wrote it can read it", e);
        }
        throw new MalformedState("'" + name + "' is no record of this program's");
    }

    private String text() {
        byte[] bytes = new byte[size(1)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A count of things of at least so many bytes each, which must still come. */
    private int size(int each) {
        int size = in.getInt();
        if (size < 0 || (long) size * each > in.remaining()) {
            throw new MalformedState("a size of " + size + " is more than what follows");
        }
        return size;
    }

    private int within(int size) {
        int number = in.getInt();
        if (number < 0 || number >= size) {
            throw new MalformedState("object " + number + " did not come before");
        }
        return number;
    }

    private double[] doubles(int size) {
        double[] numbers = new double[size];
        in.asDoubleBuffer().get(numbers);
        in.position(in.position() + Double.BYTES * size);
        return numbers;
    }

    private int[] ints() {
        int[] numbers = new int[size(Integer.BYTES)];
        in.asIntBuffer().get(numbers);
        in.position(in.position() + Integer.BYTES * numbers.length);
        return numbers;
    }

    private long[] longs() {
        long[] numbers = new long[size(Long.BYTES)];
        in.asLongBuffer().get(numbers);
        in.position(in.position() + Long.BYTES * numbers.length);
        return numbers;
    }

    private DMatrixRMaj matrix() {
        int rows = in.getInt();
        int columns = in.getInt();
        if (rows < 0 || columns < 0 || (long) rows * columns * Double.BYTES > in.remaining()) {
            throw new MalformedState("a matrix of " + rows + "×" + columns + " is more than what follows");
        }
        return DMatrixRMaj.wrap(rows, columns, doubles(rows * columns));
    }
}
