package io.escapement.web.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Slows down guessing. An address may fail {@value #BURST} times, and then once every {@value #SECONDS} seconds. While it is
 * over that, no token from it is heard, right or wrong, except those that were accepted from it before: programs that share
 * an address, as behind a proxy, are not shut out by a neighbour. On one thread.
 *
 * <p>IPv6 addresses count by their first 64 bits, of which one customer has all. At most {@value #MOST} addresses are
 * remembered, the least recently seen goes first.
 */
public final class FailureLimit {

    static final int BURST = 10;
    static final int SECONDS = 6;
    static final int MOST = 10_000;

    private static final int PREFIX = 8;
    private static final long REFILL_NANOS = Duration.ofSeconds(SECONDS).toNanos();

    private final LongSupplier nanos;
    private final Map<String, Address> addresses = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Address {
        /** Failures that have not been forgiven. */
        double failures;

        long at;
        final Set<String> accepted = new HashSet<>();
    }

    /** @param nanos the system's nanoseconds */
    public FailureLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Seconds until an address is heard again; 0 if it is heard now. */
    public long secondsToWait(String address) {
        Address known = addresses.get(key(address));
        if (known == null) {
            return 0;
        }
        forgive(known);
        return known.failures <= BURST - 1 ? 0 : (long) Math.ceil((known.failures - BURST + 1) * SECONDS);
    }

    /** Whether the token was accepted from the address before it was over its limit. */
    public boolean knows(String address, Token token) {
        Address known = addresses.get(key(address));
        return known != null && known.accepted.contains(token.name());
    }

    public void accepted(String address, Token token) {
        of(address).accepted.add(token.name());
    }

    public void failed(String address) {
        Address known = of(address);
        forgive(known);
        known.failures = Math.min(BURST, known.failures + 1);
    }

    private Address of(String address) {
        Address known = addresses.computeIfAbsent(key(address), unknown -> {
            Address made = new Address();
            made.at = nanos.getAsLong();
            return made;
        });
        if (addresses.size() > MOST) {
            var oldest = addresses.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return known;
    }

    private void forgive(Address known) {
        long now = nanos.getAsLong();
        known.failures = Math.max(0, known.failures - (double) (now - known.at) / REFILL_NANOS);
        known.at = now;
    }

    private static String key(String address) {
        try {
            // An address in digits, which is looked up nowhere.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length > 4 ? Arrays.copyOf(bytes, PREFIX) : bytes);
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
