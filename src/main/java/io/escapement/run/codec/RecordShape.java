package io.escapement.run.codec;

import io.escapement.solve.FromProblem;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** How records of one type are taken apart and put together; components that are {@link FromProblem} are left out of the bytes. */
final class RecordShape {

    private final Class<?> type;
    private final List<Method> accessors = new ArrayList<>();
    private final List<Boolean> kept = new ArrayList<>();
    private final Constructor<?> constructor;
    private final String signature;

    RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        StringJoiner words = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            words.add(types[i].getName() + " " + components[i].getName());
            Method accessor = components[i].getAccessor();
            accessor.setAccessible(true);
            accessors.add(accessor);
            kept.add(!components[i].isAnnotationPresent(FromProblem.class));
        }
        signature = words.toString();
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
        constructor.setAccessible(true);
    }

    /** Types and names of the components, to tell another version of the same record. */
    String signature() {
        return signature;
    }

    int size() {
        return accessors.size();
    }

    boolean kept(int component) {
        return kept.get(component);
    }

    /** Whether something of it is taken from the problem. */
    boolean ofProblem() {
        return kept.contains(false);
    }

    Object get(Object of, int component) {
        try {
            return accessors.get(component).invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessors.get(component) + " cannot be read", e);
        }
    }

    /** @throws MalformedState if the parts do not fit */
    Object make(Object[] parts) {
        try {
            return constructor.newInstance(parts);
        } catch (InvocationTargetException e) {
            throw new MalformedState(
                    type.getName() + " is not valid: " + e.getCause().getMessage(), e.getCause());
        } catch (IllegalArgumentException e) {
            throw new MalformedState(type.getName() + " does not take its parts: " + e.getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be built", e);
        }
    }
}
