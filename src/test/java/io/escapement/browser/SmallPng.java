package io.escapement.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture in at most 256 colours, a third of its bytes. The set of colours is halved again and again where its squared error is
 * largest, at the mean of the channel that varies most; a set of one colour, such as the ground of a page, stays exact.
 */
final class SmallPng {

    private static final int MOST = 256;
    private static final int CHANNELS = 3;

    private SmallPng() {}

    /** Colours that become one: rgb and how many pixels have it. */
    @SuppressWarnings("ArrayRecordComponent") // written and read, never compared
    private record Colours(List<int[]> members, double[] mean, double[] error) {

        static Colours of(List<int[]> members) {
            double weight = members.stream().mapToDouble(c -> c[1]).sum();
            double[] mean = new double[CHANNELS];
            double[] error = new double[CHANNELS];
            for (int channel = 0; channel < CHANNELS; channel++) {
                int c = channel;
                mean[c] = members.stream()
                                .mapToDouble(m -> m[1] * (double) part(m[0], c))
                                .sum()
                        / weight;
                error[c] = members.stream()
                        .mapToDouble(m -> m[1] * Math.pow(part(m[0], c) - mean[c], 2))
                        .sum();
            }
            return new Colours(members, mean, error);
        }

        double worst() {
            return Math.max(error[0], Math.max(error[1], error[2]));
        }

        Colours half(boolean above) {
            int c = IntStream.range(0, CHANNELS)
                    .boxed()
                    .max(Comparator.comparingDouble(i -> error[i]))
                    .orElseThrow();
            return of(members.stream()
                    .filter(m -> part(m[0], c) > mean[c] == above)
                    .toList());
        }
    }

    private static int part(int rgb, int channel) {
        return (rgb >> (8 * channel)) & 0xff;
    }

    static byte[] of(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Map<Integer, int[]> counted = new HashMap<>();
        for (int rgb : pixels) {
            counted.computeIfAbsent(rgb, colour -> new int[] {colour, 0})[1]++;
        }
        PriorityQueue<Colours> palette =
                new PriorityQueue<>(Comparator.comparingDouble(Colours::worst).reversed());
        palette.add(Colours.of(List.copyOf(counted.values())));
        while (palette.size() < MOST && palette.element().worst() > 0) {
            Colours widest = palette.remove();
            palette.add(widest.half(false));
            palette.add(widest.half(true));
        }
        byte[][] parts = new byte[CHANNELS][palette.size()];
        Map<Integer, Integer> places = new HashMap<>();
        int place = 0;
        for (Colours colours : palette) {
            for (int c = 0; c < CHANNELS; c++) {
                parts[c][place] = (byte) Math.round(colours.mean[c]);
            }
            for (int[] member : colours.members) {
                places.put(member[0], place);
            }
            place++;
        }
        IndexColorModel model = new IndexColorModel(8, place, parts[2], parts[1], parts[0]);
        BufferedImage small =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        int[] indices = IntStream.of(pixels).map(places::get).toArray();
        small.getRaster().setSamples(0, 0, image.getWidth(), image.getHeight(), 0, indices);
        return written(small);
    }

    private static byte[] written(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam smallest = writer.getDefaultWriteParam();
            smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            smallest.setCompressionQuality(0);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), smallest);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
