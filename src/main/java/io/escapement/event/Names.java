package io.escapement.event;

import java.util.Arrays;
import java.util.List;

/** An ordered set of figure names, shared by all the {@link Values} of a run that carry the same figures. */
public final class Names {

    private static final Names NONE = new Names(new String[0]);

    private final String[] names;

    private Names(String[] names) {
        this.names = names;
    }

    /** @throws IllegalArgumentException if a name is blank or given twice */
    public static Names of(String... names) {
        if (names.length == 0) {
            return NONE;
        }
        String[] copy = names.clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] == null || copy[i].isBlank()) {
                throw new IllegalArgumentException("name " + i + " of " + Arrays.toString(names) + " is blank");
            }
            for (int j = 0; j < i; j++) {
                if (copy[i].equals(copy[j])) {
                    throw new IllegalArgumentException("name '" + copy[i] + "' is given twice");
                }
            }
        }
        return new Names(copy);
    }

    public int size() {
        return names.length;
    }

    public String get(int index) {
        return names[index];
    }

    /** Position of the name, or −1. Linear: the lists are a handful long. */
    public int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public List<String> asList() {
        return List.of(names);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Names that && Arrays.equals(names, that.names));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names);
    }

    @Override
    public String toString() {
        return Arrays.toString(names);
    }
}
