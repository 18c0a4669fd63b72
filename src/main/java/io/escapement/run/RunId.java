package io.escapement.run;

import java.security.SecureRandom;

/** ULIDs: 48 bits of milliseconds and 80 random bits, in Crockford's base 32, so that they sort by time. */
public final class RunId {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunId() {}

    /** @param millis since 1970, UTC */
    public static String at(long millis) {
        char[] id = new char[LENGTH];
        long time = millis;
        for (int i = 9; i >= 0; i--) {
            id[i] = DIGITS.charAt((int) (time & 31));
            time >>>= 5;
        }
        for (int i = 10; i < LENGTH; i++) {
            id[i] = DIGITS.charAt(RANDOM.nextInt(32));
        }
        return new String(id);
    }
}
