package io.escapement.app.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which names somebody may have meant who wrote another. A name is near where at most a third of it has to be mended: with more, any short
 * name is near any other, and the hint sends people astray. So is one of which theirs is the beginning, as token of token-file.
 */
public final class Near {

    private static final int MOST = 3;

    private Near() {}

    /** At most three names that are near, the nearest first; perhaps none. */
    public static List<String> to(String word, Collection<String> known) {
        Map<String, Integer> near = new LinkedHashMap<>();
        for (String each : known) {
            int edits = edits(word, each);
            int most = Math.max(1, (Math.min(word.length(), each.length()) + 1) / 3);
            if (edits <= most) {
                near.put(each, edits);
            } else if (each.startsWith(word + "-") || each.startsWith(word + "_")) {
                near.put(each, each.length());
            }
        }
        return near.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Letters to put in, take out, replace, or swap with their neighbour, each letter once (optimal string alignment). */
    private static int edits(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        Arrays.setAll(last, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                char x = a.charAt(i - 1);
                char y = b.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (x == y ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && x == b.charAt(j - 2) && a.charAt(i - 2) == y) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[b.length()];
    }
}
