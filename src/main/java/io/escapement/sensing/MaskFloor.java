package io.escapement.sensing;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * What a pass over a mask cannot do without: reading what is stored, and looking up a factor row for each entry. Both in the
 * operator's order, tile by tile, and on as many threads; for comparison only.
 */
public final class MaskFloor {

    /** Numbers of a cache line. */
    private static final int LINE = 8;

    private final MaskTiles tiles;

    public MaskFloor(MaskOperator operator) {
        this.tiles = operator.tiles();
    }

    /** A sum of all indices and values, each read once, in the order in which they are stored. */
    public double read(double[] values) {
        return tasks().mapToDouble(tile -> {
                    long indices = 0;
                    double sum = 0;
                    for (int s = tiles.tileSegment[tile]; s < tiles.tileSegment[tile + 1]; s++) {
                        indices += tiles.segmentRow[s];
                        for (int k = tiles.segmentStart[s]; k < tiles.segmentStart[s + 1]; k++) {
                            indices += tiles.column[k];
                            sum += values[k];
                        }
                    }
                    return sum + indices;
                })
                .sum();
    }

    /** A sum of one number from each cache line of x_j, for every entry (i, j): the lookup without the arithmetic. */
    public double lookUp(DMatrixRMaj x) {
        int r = x.numCols;
        return tasks().mapToDouble(tile -> {
                    int lo = tiles.segmentStart[tiles.tileSegment[tile]];
                    int hi = tiles.segmentStart[tiles.tileSegment[tile + 1]];
                    double sum = 0;
                    for (int k = lo; k < hi; k++) {
                        int row = tiles.column[k] * r;
                        for (int t = 0; t < r; t += LINE) {
                            sum += x.data[row + t];
                        }
                        sum += x.data[row + r - 1];
                    }
                    return sum;
                })
                .sum();
    }

    private IntStream tasks() {
        return IntStream.range(0, tiles.blocks() * tiles.blocks()).parallel();
    }
}
