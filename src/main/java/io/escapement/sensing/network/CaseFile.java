package io.escapement.sensing.network;

import io.escapement.sensing.file.InputFile;
import io.escapement.sensing.file.MalformedInput;
import io.escapement.sensing.network.CaseScanner.Cell;
import io.escapement.sensing.network.CaseScanner.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A MATPOWER case file, version 2 (MATPOWER User's Manual, appendix B): {@code version}, {@code baseMVA}, {@code bus}, {@code
 * gen} and {@code branch} of the struct; other fields are skipped. Powers are in MW and MVAr, angles in degrees. Of a bus the
 * columns up to Va are needed, of a generator those up to its status, of a branch those up to b; ratio, angle and status are
 * optional. Isolated buses (type 4) and what is out of service are left out, as MATPOWER does.
 */
public final class CaseFile {

    private static final String VERSION = "version";
    private static final String BASE = "baseMVA";
    private static final String BUS = "bus";
    private static final String GEN = "gen";
    private static final String BRANCH = "branch";
    private static final int ISOLATED = 4;

    /** Bytes: at some 300 for a bus with its branches, 200,000 buses. */
    static final long LARGEST = 1L << 26;

    private final CaseScanner scanner;
    private final Map<String, Value> fields;
    private final Map<Integer, Integer> indices = new LinkedHashMap<>();
    private final Set<Integer> isolated = new HashSet<>();

    private CaseFile(CaseScanner scanner) throws MalformedInput {
        this.scanner = scanner;
        this.fields = scanner.fields();
    }

    /**
     * @throws MalformedInput if the file does not exist, cannot be read, is no such case, or its network cannot be estimated
     * @throws IOException if reading breaks off
     */
    public static PowerNetwork read(Path path) throws IOException {
        InputFile file = InputFile.of(path, "a MATPOWER case file");
        if (file.size() > LARGEST) {
            throw new MalformedInput(
                    file.name(),
                    0,
                    0,
                    "the file has " + file.size() + " bytes; a MATPOWER case file of at most " + LARGEST
                            + " is needed");
        }
        byte[] bytes = Files.readAllBytes(path);
        for (int p = 0; p < bytes.length; p++) {
            if (bytes[p] == 0) {
                throw new MalformedInput(
                        file.name(), 0, 0, "byte " + p + " is 0, so this is no text; a MATPOWER case file is needed");
            }
        }
        return parse(file.name(), new String(bytes, StandardCharsets.UTF_8));
    }

    /** @param name for messages, a path */
    static PowerNetwork parse(String name, String text) throws MalformedInput {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        CaseFile file = new CaseFile(new CaseScanner(name, lines, Set.of(VERSION, BASE, BUS, GEN, BRANCH)));
        Path last = Path.of(name).getFileName();
        try {
            return file.network(last == null ? name : last.toString().replaceFirst("\\.m$", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedInput(name, 0, 0, e.getMessage());
        }
    }

    private PowerNetwork network(String name) throws MalformedInput {
        Cell version = scalar(VERSION, " = '2';");
        if (!version.text().strip().equals("2")) {
            throw malformed(version, "the case has version " + CaseScanner.quote(version.text()) + "; 2 is read");
        }
        Cell base = scalar(BASE, " = 100;");
        if (!(base.number() > 0) || Double.isInfinite(base.number())) {
            throw malformed(base, "baseMVA is " + base.text() + "; a finite number above 0 is needed");
        }
        List<Bus> buses = buses(base.number(), scheduled());
        return new PowerNetwork(name, buses, branches());
    }

    /** ΣPg + jΣQg in MW of the generators in service, by bus number. */
    private Map<Integer, Complex> scheduled() throws MalformedInput {
        Map<Integer, Complex> sums = new HashMap<>();
        for (List<Cell> row : rows(GEN, 8)) {
            int bus = wholeNumber(row, 0, "the bus of a generator");
            if (finite(row, 7, "status") > 0) {
                sums.merge(bus, new Complex(finite(row, 1, "Pg"), finite(row, 2, "Qg")), Complex::plus);
            }
        }
        return sums;
    }

    private List<Bus> buses(double base, Map<Integer, Complex> generation) throws MalformedInput {
        List<Bus> buses = new ArrayList<>();
        for (List<Cell> row : rows(BUS, 9)) {
            int number = wholeNumber(row, 0, "the bus number");
            if (indices.containsKey(number) || isolated.contains(number)) {
                throw malformed(row.get(0), "bus " + number + " is listed twice; each bus has one row");
            }
            int type = wholeNumber(row, 1, "the bus type");
            if (type > ISOLATED) {
                throw malformed(
                        row.get(1),
                        "the bus type is " + type + "; 1 (PQ), 2 (PV), 3 (reference) and 4 (isolated) are"
                                + " possible");
            }
            if (type == ISOLATED) {
                isolated.add(number);
                continue;
            }
            double magnitude = finite(row, 7, "Vm");
            if (!(magnitude > 0)) {
                throw malformed(row.get(7), "Vm is " + row.get(7).text() + "; a number above 0 is needed");
            }
            indices.put(number, buses.size());
            Complex load = new Complex(finite(row, 2, "Pd"), finite(row, 3, "Qd"));
            buses.add(new Bus(
                    number,
                    new Complex(finite(row, 4, "Gs"), finite(row, 5, "Bs")).times(1 / base),
                    generation
                            .getOrDefault(number, Complex.ZERO)
                            .plus(load.times(-1))
                            .times(1 / base),
                    Complex.polar(magnitude, Math.toRadians(finite(row, 8, "Va")))));
        }
        return buses;
    }

    private List<Branch> branches() throws MalformedInput {
        List<Branch> branches = new ArrayList<>();
        for (List<Cell> row : rows(BRANCH, 5)) {
            int from = end(row, 0);
            int to = end(row, 1);
            boolean inService = row.size() <= 10 || finite(row, 10, "status") != 0;
            if (from < 0 || to < 0 || !inService) {
                continue;
            }
            if (from == to) {
                throw malformed(
                        row.get(1),
                        "the branch leads from bus " + row.get(0).text() + " to itself; another bus is needed");
            }
            Complex impedance = new Complex(finite(row, 2, "r"), finite(row, 3, "x"));
            if (impedance.squaredMagnitude() == 0) {
                throw malformed(row.get(2), "r and x are both 0; one of them must differ from 0");
            }
            double ratio = row.size() > 8 ? finite(row, 8, "ratio") : 0;
            if (ratio < 0) {
                throw malformed(
                        row.get(8), "ratio is " + row.get(8).text() + "; a number above 0 is needed, or 0 for a line");
            }
            double shift = row.size() > 9 ? Math.toRadians(finite(row, 9, "angle")) : 0;
            branches.add(
                    new Branch(from, to, impedance, finite(row, 4, "b"), Complex.polar(ratio == 0 ? 1 : ratio, shift)));
        }
        return branches;
    }

    /** Index of a branch's bus, −1 if it is isolated. */
    private int end(List<Cell> row, int column) throws MalformedInput {
        int number = wholeNumber(row, column, "the bus at an end of a branch");
        Integer index = indices.get(number);
        if (index == null && !isolated.contains(number)) {
            throw malformed(row.get(column), "there is no bus " + number + "; a number from the bus table is needed");
        }
        return index == null ? -1 : index;
    }

    private Cell scalar(String field, String example) throws MalformedInput {
        Value value = require(field, example);
        if (value.matrix()) {
            throw scanner.malformed(
                    value.line(),
                    0,
                    field + " is a matrix; one value is needed, as in " + scanner.struct() + "." + field + example);
        }
        return value.rows().get(0).get(0);
    }

    private List<List<Cell>> rows(String field, int columns) throws MalformedInput {
        Value value = require(field, " = [ ... ];");
        if (!value.matrix()) {
            throw scanner.malformed(value.line(), 0, field + " is not a matrix; rows in [ ] are needed");
        }
        if (!value.rows().isEmpty() && value.rows().get(0).size() < columns) {
            throw scanner.malformed(
                    value.rows().get(0).get(0).line(),
                    0,
                    "the rows of " + field + " have " + value.rows().get(0).size() + " columns; at least " + columns
                            + " are needed");
        }
        return value.rows();
    }

    private Value require(String field, String example) throws MalformedInput {
        Value value = fields.get(field);
        if (value == null) {
            throw scanner.malformed(
                    0,
                    0,
                    scanner.struct() + "." + field + " is missing; a MATPOWER case of version 2 has " + scanner.struct()
                            + "." + field + example);
        }
        return value;
    }

    private int wholeNumber(List<Cell> row, int column, String what) throws MalformedInput {
        Cell cell = row.get(column);
        if (!(cell.number() >= 1 && cell.number() <= Integer.MAX_VALUE) || cell.number() != Math.rint(cell.number())) {
            throw malformed(cell, what + " is " + cell.text() + "; a whole number from 1 is needed");
        }
        return (int) cell.number();
    }

    private double finite(List<Cell> row, int column, String what) throws MalformedInput {
        Cell cell = row.get(column);
        if (!Double.isFinite(cell.number())) {
            throw malformed(cell, what + " is " + cell.text() + "; a finite number is needed");
        }
        return cell.number();
    }

    private MalformedInput malformed(Cell cell, String problem) {
        return scanner.malformed(cell.line(), cell.column(), problem);
    }
}
