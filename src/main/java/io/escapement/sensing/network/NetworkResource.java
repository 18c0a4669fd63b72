package io.escapement.sensing.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network from a resource that names its source and explains its records. */
final class NetworkResource {

    private NetworkResource() {}

    /** @param name of the network, and of its resource without the ending */
    static PowerNetwork read(String name) {
        String resource = name + ".txt";
        double base = 1;
        List<Bus> buses = new ArrayList<>();
        List<Branch> branches = new ArrayList<>();
        for (String line : lines(resource)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ");
            double[] v = Arrays.stream(words)
                    .skip(1)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            switch (words[0]) {
                case "base" -> base = v[0];
                case "bus" ->
                    buses.add(new Bus(
                            (int) v[0],
                            new Complex(0, v[5] / base),
                            new Complex((v[3] - v[1]) / base, (v[4] - v[2]) / base),
                            Complex.polar(v[6], Math.toRadians(v[7]))));
                // Buses are numbered from 1 in their order.
                case "branch" ->
                    branches.add(new Branch(
                            (int) v[0] - 1, (int) v[1] - 1, new Complex(v[2], v[3]), v[4], new Complex(v[5], 0)));
                default ->
                    throw new IllegalStateException(
                            resource + " holds the record \"" + line + "\"; base, bus and" + " branch are known");
            }
        }
        return new PowerNetwork(name, buses, branches);
    }

    private static List<String> lines(String resource) {
        try (InputStream in = NetworkResource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing from the program");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
