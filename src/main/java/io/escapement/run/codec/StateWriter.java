package io.escapement.run.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * Writes plain data as bytes, bit for bit: records of this program, component by component, numbers, text, enums, arrays of numbers,
 * matrices, lists, maps from text, optionals and durations. What is there twice, the same object, is written once. Little-endian.
 *
 * <p>Nothing is registered: a new record is written as it is. Anything that is not plain data is refused.
 */
public final class StateWriter {

    private static final int FIRST_CAPACITY = 1 << 12;

    private final long most;
    private ByteBuffer out = ByteBuffer.allocate(FIRST_CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
    private final Map<Class<?>, Integer> types = new HashMap<>();
    private final Map<Class<?>, RecordShape> shapes = new HashMap<>();

    private StateWriter(long most) {
        this.most = most;
    }

    /**
     * @param most bytes, at most {@code Integer.MAX_VALUE} − 16
     * @throws StateTooLarge if it takes more
     * @throws IllegalArgumentException naming the type that is no plain data, and how to make it one
     */
    public static byte[] write(Object state, long most) {
        StateWriter writer = new StateWriter(most);
        writer.value(state);
        byte[] bytes = new byte[writer.out.position()];
        writer.out.flip().get(bytes);
        return bytes;
    }

    private void value(Object value) {
        if (value == null) {
            tag(Tag.NULL);
        } else if (value instanceof Boolean flag) {
            tag(flag ? Tag.TRUE : Tag.FALSE);
        } else if (value instanceof Integer number) {
            tag(Tag.INT);
            integer(number);
        } else if (value instanceof Long number) {
            tag(Tag.LONG);
            room(Long.BYTES).putLong(number);
        } else if (value instanceof Double number) {
            tag(Tag.DOUBLE);
            room(Double.BYTES).putLong(Double.doubleToRawLongBits(number));
        } else if (value instanceof String text) {
            tag(Tag.STRING);
            text(text);
        } else if (value instanceof Enum<?> constant) {
            tag(Tag.ENUM);
            type(constant.getDeclaringClass(), "");
            text(constant.name());
        } else if (value instanceof Duration duration) {
            tag(Tag.DURATION);
            room(Long.BYTES).putLong(duration.getSeconds());
            integer(duration.getNano());
        } else if (value instanceof OptionalDouble number) {
            tag(number.isPresent() ? Tag.NUMBER : Tag.NO_NUMBER);
            number.ifPresent(present -> room(Double.BYTES).putLong(Double.doubleToRawLongBits(present)));
        } else if (value instanceof Optional<?> optional) {
            tag(optional.isPresent() ? Tag.PRESENT : Tag.EMPTY);
            optional.ifPresent(this::value);
        } else if (value instanceof List<?> list) {
            tag(Tag.LIST);
            integer(list.size());
            list.forEach(this::value);
        } else if (value instanceof Map<?, ?> map) {
            tag(Tag.MAP);
            integer(map.size());
            map.forEach((key, part) -> {
                text((String) key);
                value(part);
            });
        } else {
            shared(value);
        }
    }

    /** What may be there twice. */
    private void shared(Object value) {
        Integer before = seen.get(value);
        if (before != null) {
            tag(Tag.AGAIN);
            integer(before);
            return;
        }
        if (value instanceof double[] numbers) {
            tag(Tag.DOUBLES);
            integer(numbers.length);
            doubles(numbers, numbers.length);
        } else if (value instanceof DMatrixRMaj matrix) {
            tag(Tag.MATRIX);
            integer(matrix.numRows);
            integer(matrix.numCols);
            doubles(matrix.data, matrix.getNumElements());
        } else if (value instanceof int[] numbers) {
            tag(Tag.INTS);
            integer(numbers.length);
            ByteBuffer at = room((long) Integer.BYTES * numbers.length);
            at.asIntBuffer().put(numbers);
            at.position(at.position() + Integer.BYTES * numbers.length);
        } else if (value instanceof long[] numbers) {
            tag(Tag.LONGS);
            integer(numbers.length);
            ByteBuffer at = room((long) Long.BYTES * numbers.length);
            at.asLongBuffer().put(numbers);
            at.position(at.position() + Long.BYTES * numbers.length);
        } else if (value instanceof Record) {
            fields(value);
        } else {
            throw new IllegalArgumentException(value.getClass().getName()
                    + " is no plain data; in a checkpoint, records, numbers, text, enums, arrays of numbers, matrices, lists,"
                    + " maps and optionals are possible, and what follows from the problem is marked @FromProblem");
        }
        seen.put(value, seen.size());
    }

    private void fields(Object value) {
        Class<?> type = value.getClass();
        if (!type.getName().startsWith(StateReader.OURS)) {
            throw new IllegalArgumentException(type.getName() + " is no record of this program's");
        }
        RecordShape shape = shapes.computeIfAbsent(type, RecordShape::new);
        tag(Tag.RECORD);
        type(type, shape.signature());
        for (int i = 0; i < shape.size(); i++) {
            if (shape.kept(i)) {
                value(shape.get(value, i));
            }
        }
    }

    /** Its number, and with the first mention its name and signature. */
    private void type(Class<?> type, String signature) {
        Integer known = types.putIfAbsent(type, types.size());
        integer(known == null ? types.size() - 1 : known);
        if (known == null) {
            text(type.getName());
            text(signature);
        }
    }

    /** The position is the format: {@link Tag} says so, and how it may grow. */
    @SuppressWarnings("EnumOrdinal")
    private void tag(Tag tag) {
        room(1).put((byte) tag.ordinal());
    }

    private void integer(int number) {
        room(Integer.BYTES).putInt(number);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        integer(bytes.length);
        room(bytes.length).put(bytes);
    }

    private void doubles(double[] numbers, int count) {
        ByteBuffer at = room((long) Double.BYTES * count);
        at.asDoubleBuffer().put(numbers, 0, count);
        at.position(at.position() + Double.BYTES * count);
    }

    private ByteBuffer room(long bytes) {
        long needed = out.position() + bytes;
        if (needed > most) {
            throw new StateTooLarge(most);
        }
        if (needed > out.capacity()) {
            ByteBuffer larger = ByteBuffer.allocate((int) Math.min(most, Math.max(needed, 2L * out.capacity())))
                    .order(ByteOrder.LITTLE_ENDIAN);
            larger.put(out.flip());
            out = larger;
        }
        return out;
    }
}
