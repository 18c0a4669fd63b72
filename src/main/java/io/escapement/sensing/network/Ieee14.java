package io.escapement.sensing.network;

/** The IEEE 14-bus test case, with its published voltages. */
public final class Ieee14 {

    public static final String NAME = "ieee14";

    private Ieee14() {}

    public static PowerNetwork network() {
        return NetworkResource.read(NAME);
    }
}
