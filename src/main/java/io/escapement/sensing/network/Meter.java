package io.escapement.sensing.network;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is metered in a power network, everywhere it can be. Symbols of flows as in MATPOWER. */
public enum Meter {
    /** |v_i|² at every bus. */
    VOLTAGE("V"),
    /** P_i = Re(v_i·conj((Yv)_i)) at every bus. */
    ACTIVE_INJECTION("P"),
    /** Q_i, its imaginary part. */
    REACTIVE_INJECTION("Q"),
    /** Re(v_i·conj(i_ij)) at the "from" end of every branch. */
    ACTIVE_FLOW_FROM("PF"),
    /** Im(v_i·conj(i_ij)) at the "from" end. */
    REACTIVE_FLOW_FROM("QF"),
    /** Re(v_j·conj(i_ji)) at the "to" end. */
    ACTIVE_FLOW_TO("PT"),
    /** Im(v_j·conj(i_ji)) at the "to" end. */
    REACTIVE_FLOW_TO("QT");

    private static final Set<Meter> FLOWS = EnumSet.range(ACTIVE_FLOW_FROM, REACTIVE_FLOW_TO);

    private static final String VALID =
            "V, P, Q, PF, QF, PT, QT or flows (the last four), separated by commas, are possible";

    private final String symbol;

    Meter(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /**
     * A choice of meters such as {@code V,P,Q,flows}, in any case and order.
     *
     * @throws IllegalArgumentException if it is empty, or names what is no meter; the message says what would be valid
     */
    public static Set<Meter> parse(String text) {
        EnumSet<Meter> meters = EnumSet.noneOf(Meter.class);
        for (String part : text.split(",", -1)) {
            String word = part.strip().toUpperCase(Locale.ROOT);
            if (word.equals("FLOWS")) {
                meters.addAll(FLOWS);
                continue;
            }
            meters.add(EnumSet.allOf(Meter.class).stream()
                    .filter(meter -> meter.symbol.equals(word))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("meters names \"" + part.strip() + "\"; " + VALID)));
        }
        return meters;
    }

    /** As {@link #parse} reads it. */
    public static String text(Set<Meter> meters) {
        return meters.stream().sorted().map(Meter::symbol).collect(Collectors.joining(","));
    }
}
