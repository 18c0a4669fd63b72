package io.escapement.sensing.network;

/** Chow's 9-bus test case, in the state that its power flow gives. */
public final class Chow9 {

    public static final String NAME = "chow9";

    private Chow9() {}

    public static PowerNetwork network() {
        return NetworkResource.read(NAME);
    }
}
