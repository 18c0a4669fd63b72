package io.escapement.sensing.file;

import java.util.List;

/**
 * How a CSV file is laid out.
 *
 * @param delimiter comma, semicolon or tab
 * @param header whether the first row holds column names
 * @param rowLabels whether the first column holds row labels
 * @param corner the cell above the row labels, empty if there is none
 */
public record CsvLayout(char delimiter, boolean header, boolean rowLabels, String corner) {

    /** What the user says about a header row or a column of labels. */
    public enum Presence {
        AUTO,
        YES,
        NO
    }

    /** What to expect; AUTO looks at the first two rows. */
    public record Expected(Presence header, Presence rowLabels) {
        public static final Expected AUTO = new Expected(Presence.AUTO, Presence.AUTO);
    }

    /**
     * Row labels: the first cell of the second row is text; or there is a header, and its first cell is empty above one that is
     * not, as spreadsheets and data frames write it. Header: besides the cell above the labels another one of the first row is
     * text, and the first is text too, or is missing and none is a number; or the first cell is text and not above labels;
     * or it is empty above a label. So {@code 1,2,x3} is no header: it is a row with a mistake in it.
     */
    static CsvLayout detect(char delimiter, List<Field> first, List<Field> second, Expected expected, String corner) {
        boolean cornerEmpty = first.get(0).length() == 0;
        boolean textBelow = isText(second.get(0));
        int texts = 0;
        int numbers = 0;
        for (int j = 1; j < first.size(); j++) {
            texts += isText(first.get(j)) ? 1 : 0;
            numbers += Double.isNaN(first.get(j).number()) ? 0 : 1;
        }
        boolean named = texts > 0 && (isText(first.get(0)) || (first.get(0).isMissing() && numbers == 0));
        boolean looksNamed = named || (textBelow ? cornerEmpty : isText(first.get(0)));
        boolean header = expected.header() == Presence.AUTO ? looksNamed : expected.header() == Presence.YES;
        boolean looksLabelled =
                textBelow || (header && cornerEmpty && second.get(0).length() > 0);
        boolean rowLabels =
                expected.rowLabels() == Presence.AUTO ? looksLabelled : expected.rowLabels() == Presence.YES;
        return new CsvLayout(delimiter, header, rowLabels, header && rowLabels ? corner : "");
    }

    private static boolean isText(Field cell) {
        return !cell.isMissing() && Double.isNaN(cell.number());
    }
}
