package io.escapement.ingest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with a text that is no JSON, and where if that is known; to be read after "is not valid JSON". */
public final class JsonFault {

    /** What the parser says of itself: of its source, which the reader has, and of its settings. */
    private static final Pattern OF_ITSELF = Pattern.compile(
            "(?s) \\(start marker.*|: (maybe a|enable) .*JsonReadFeature.*|, from `StreamReadConstraints[^`]*`");

    private JsonFault() {}

    /** Of a text of one line: " at byte 9: …", from 1. */
    static String inLine(JsonProcessingException fault) {
        JsonLocation at = fault.getLocation();
        return (at == null ? "" : " at byte " + at.getColumnNr()) + what(fault);
    }

    /** Of a text of any lines: " at line 1, column 9: …", both from 1. */
    public static String of(JsonProcessingException fault) {
        JsonLocation at = fault.getLocation();
        return (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()) + what(fault);
    }

    private static String what(JsonProcessingException fault) {
        return ": " + OF_ITSELF.matcher(fault.getOriginalMessage()).replaceAll("");
    }
}
