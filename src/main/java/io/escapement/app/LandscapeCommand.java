package io.escapement.app;

import io.escapement.store.RunCatalogue;
import io.escapement.web.InvalidRequest;
import io.escapement.web.LandscapeDesk;
import io.escapement.web.LandscapeJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The loss on a plane through a stored run's path, as a file. */
@Command(
        name = "landscape",
        description = {
            "Computes the loss on a plane through the path of a stored run. The problem is made again from the run's options; of a run on"
                    + " a file only the path is known."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  escapement landscape last -o grid.csv",
            "  escapement landscape last --basis escape:1 --format path -o path.csv",
            "  escapement landscape 01M810VFNQ --basis through:start,end,truth --format json",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:it could not be", "2:usage, or there is no such run or plane"})
final class LandscapeCommand implements Callable<Integer> {

    private static final List<String> FORMATS = List.of("grid", "path", "json");
    private static final List<Integer> SIZES = List.of(9, 17, 33, 65, 129, 257);

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "id of the run, its beginning or end, or last for the newest")
    private String run;

    @Option(
            names = "--basis",
            paramLabel = "PLANE",
            defaultValue = "auto",
            description =
                    "auto, native, native:I,J, pca, escape:K or through:P,Q,R with start, end, zero, truth, trapK,"
                            + " landingK or an iteration (${DEFAULT-VALUE})")
    private String basis;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "65",
            description = "points along each side of the grid: 9, 17, 33, 65, 129 or 257 (${DEFAULT-VALUE})")
    private int size;

    @Option(
            names = "--window",
            paramLabel = "A,A,B,B",
            split = ",",
            description = "from and to along the first axis, from and to along the second (around the path)")
    private List<Double> window = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "grid",
            description = "grid or path, as CSV, or json for all that the API answers (${DEFAULT-VALUE})")
    private String format;

    @Mixin
    private OutFile file;

    @Mixin
    private StorePlace place;

    private final PrintStream out;
    private final PrintStream err;

    LandscapeCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        if (!FORMATS.contains(format)) {
            throw Check.unknown("--format", format, FORMATS);
        }
        if (!SIZES.contains(size)) {
            throw new InvalidOption("--size", "is " + size + "; 9, 17, 33, 65, 129 or 257 would be valid");
        }
        boolean four = window.size() == 4 && window.get(0) < window.get(1) && window.get(2) < window.get(3);
        if (!window.isEmpty() && !four) {
            throw new InvalidOption("--window", "is " + window + "; four numbers in two ascending pairs are needed");
        }
        try (StoredRuns runs = new StoredRuns(place)) {
            String id = runs.find(run).header().id();
            LandscapeRoom room = new LandscapeRoom(new RunCatalogue(runs.store()), new RunProblems());
            LandscapeDesk.Request request = new LandscapeDesk.Request(
                    List.of(id), basis, -1, window, format.equals("path") ? 0 : size, 1, false);
            LandscapeDesk.Picture picture =
                    room.picture(request, () -> false).orElseThrow(() -> new InvalidOption("RUN", "is '" + run + "'"));
            if (picture.note() != null) {
                err.println(picture.note());
            }
            if (picture.basis() == null || (format.equals("grid") && picture.grid() == null)) {
                return ExitCode.ERROR;
            }
            byte[] text = text(picture).getBytes(StandardCharsets.UTF_8);
            file.write(out, stream -> stream.write(text));
        } catch (InvalidRequest e) {
            throw new InvalidOption("--" + e.errors().get(0).field(), "does not fit: " + e.getMessage());
        } catch (IOException e) {
            throw file.unwritable(e);
        }
        return ExitCode.GOAL;
    }

    private String text(LandscapeDesk.Picture picture) {
        return switch (format) {
            case "grid" -> grid(picture);
            case "path" -> path(picture);
            default -> LandscapeJson.of(picture, true) + "\n";
        };
    }

    private static String grid(LandscapeDesk.Picture picture) {
        List<Double> seen = picture.basis().window();
        int n = picture.grid().size();
        StringBuilder csv = new StringBuilder("alpha,beta,loss\n");
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                double alpha = seen.get(0) + (seen.get(1) - seen.get(0)) * i / (n - 1);
                double beta = seen.get(2) + (seen.get(3) - seen.get(2)) * j / (n - 1);
                csv.append(alpha)
                        .append(',')
                        .append(beta)
                        .append(',')
                        .append(picture.grid().values()[j * n + i]);
                csv.append('\n');
            }
        }
        return csv.toString();
    }

    private static String path(LandscapeDesk.Picture picture) {
        StringBuilder csv = new StringBuilder("iteration,segment,alpha,beta,off_plane,loss,loss_on_plane\n");
        for (LandscapeDesk.Point point : picture.paths().get(0).points()) {
            csv.append(point.iteration()).append(',').append(point.segment()).append(',');
            csv.append(point.alpha())
                    .append(',')
                    .append(point.beta())
                    .append(',')
                    .append(point.off());
            csv.append(',')
                    .append(point.loss())
                    .append(',')
                    .append(point.plane())
                    .append('\n');
        }
        return csv.toString();
    }
}
