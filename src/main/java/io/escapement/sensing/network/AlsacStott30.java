package io.escapement.sensing.network;

/** The 30-bus test case of Alsac and Stott, in the state that its power flow gives. */
public final class AlsacStott30 {

    public static final String NAME = "alsac-stott30";

    private AlsacStott30() {}

    public static PowerNetwork network() {
        return NetworkResource.read(NAME);
    }
}
