package io.escapement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a user meets it: what is printed where, and the exit codes. */
@Timeout(120)
class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private int line(String text) {
        return run(text.split(" ", -1));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    @Test
    void leacsExampleJumpsFromTheSaddleToZero() throws IOException {
        int code = line("run pmc --n 11 --rho 0.01 --init-scale 1e-7 --solver gd --escape leac-simulated --json");
        assertThat(code).as(err()).isEqualTo(ExitCode.GOAL);
        JsonNode result = json();
        assertThat(result.get("verdict").asText()).isEqualTo("global-minimum");
        assertThat(result.get("success").asBoolean()).isTrue();
        JsonNode escape = result.get("escapes").get(0);
        assertThat(escape.get("accepted").asBoolean()).isTrue();
        assertThat(escape.get("lossBefore").asDouble()).isCloseTo(3.0015, within(5e-5));
        assertThat(escape.get("lossAfter").asDouble()).isLessThan(1e-9);
    }

    @ParameterizedTest
    @CsvSource({"leac-simulated:paper,1.3333", "leac-simulated:paper:0.99895,1.3319"})
    void leacsPaperRuleLandsWhereItsConstantsSay(String escape, double landing) throws IOException {
        line("run pmc --n 11 --rho 0.01 --init-scale 1e-7 --solver gd --json --escape " + escape);
        assertThat(json().get("escapes").get(0).get("lossAfter").asDouble()).isCloseTo(landing, within(5e-5));
    }

    /** [IPGD] section 7 on the command line: from 0, by its own perturbation, with the residual looked at. */
    @Test
    void ipgdEndsByItsOwnRule() throws IOException {
        int code = line("run gaussian --n 8 --rank 8 --truth-rank 2 --m 200 --json --step fixed:0.05"
                + " --solver ipgd+:1e-15:1e-7:1e-10:400:300 --implicit-region 20");
        assertThat(code).as(err()).isEqualTo(ExitCode.GOAL);
        JsonNode result = json();
        assertThat(result.get("solver").asText()).isEqualTo("ipgd+:1e-15:1e-7:1e-10:400:300");
        assertThat(result.get("escape").asText()).isEqualTo("none");
        assertThat(result.get("reason").asText()).contains("did not lower the loss");
        assertThat(result.get("verdict").asText()).isEqualTo("global-minimum");
        assertThat(result.get("distance").asDouble()).isLessThan(1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gd", "lbfgs"})
    void anyStartMayBeZero(String solver) throws IOException {
        int code = line("run gaussian --n 8 --rank 2 --m 60 --json --init-scale 0 --solver " + solver);
        assertThat(code).as(err()).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("success").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"lift,0,none", "semilift,1,'leac-simulated,leac-canonical'"})
    void leacsOtherSolvers(String solver, int escapes, String mechanism) throws IOException {
        int code = line("run pmc --n 11 --rho 0.01 --init-scale 1e-7 --json --solver " + solver);
        assertThat(code).as(err()).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("solver").asText()).isEqualTo(solver);
        assertThat(json().get("escape").asText()).isEqualTo(mechanism);
        assertThat(json().get("escapes")).hasSize(escapes);
        assertThat(json().get("success").asBoolean()).isTrue();
        assertThat(json().get("iterations").asInt()).isLessThan(60);
    }

    /** The baselines of [EMC], each where it finds the truth; distance and success are those of the factor. */
    @ParameterizedTest
    @CsvSource({
        "completion --n 20 --rank 2 --p 0.6,gnmr",
        "completion --n 20 --rank 2 --p 0.6,lin-rfm",
        "completion --n 20 --n2 15 --rank 1 --p 0.7,sdp",
        "completion --n 20 --rank 2 --p 0.6,bm:0.01",
        "pmc --n 9 --rho 0.3,sdp",
        "epsilon-mc --n 8 --mask uniform --p 0.8 --epsilon 1e-4,lift"
    })
    void baselinesOfCompletion(String problem, String solver) throws IOException {
        line("run " + problem + " --seed 2 --escape none --json --solver " + solver);
        assertThat(json().get("solver").asText()).isEqualTo(solver);
        assertThat(json().get("state").asText()).isEqualTo("converged");
        assertThat(json().get("success").asBoolean()).as("%s", json()).isTrue();
        assertThat(json().get("distance").asDouble()).isLessThan(1e-3);
    }

    /** A preconditioned run stalls, is judged and escapes like any other. */
    @ParameterizedTest
    @CsvSource({"lmm", "lmm:3", "levenberg-marquardt"})
    void preconditionedSolversEscape(String solver) throws IOException {
        int code = line("run pmc --n 3 --rho 0.3 --seed 1 --json --escape auto --solver " + solver);
        assertThat(code).as(err()).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("solver").asText()).isEqualTo(solver);
        assertThat(json().get("escapes").get(0).get("accepted").asBoolean()).isTrue();
        assertThat(json().get("verdict").asText()).isEqualTo("global-minimum");
    }

    @Test
    void theBoundsOfEmcAsNumbers() {
        assertThat(line("bound --p 0.3 --epsilon 0.5 --chi 0.2 --error 0.02 --distance 2 --weakest 0.2 --trace 3"))
                .isEqualTo(ExitCode.GOAL);
        assertThat(out())
                .contains("≤ 2.25 with probability at least 0.55067")
                .contains("the theorem says nothing of so small an error")
                .contains("β = 0.6: lifted to order 3, the point is a strict saddle");
    }

    @Test
    void trialsReportTheirRateAndEveryTrial() throws IOException {
        int code = line("run pmc --n 11 --rho 0.01 --init-scale 1e-7 --escape leac-simulated --trials 64 --json");
        assertThat(code).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("trials")).hasSize(64);
        assertThat(json().get("successRate").asDouble()).isEqualTo(1);
        assertThat(json().get("medianIterations").asDouble()).isLessThanOrEqualTo(60);
    }

    @Test
    void withoutAnEscapeFewOfTheseTrialsSucceed() throws IOException {
        line("run pmc --n 11 --rho 0.01 --init-scale 1e-7 --escape none --trials 64 --json");
        // Six signs, one of them free: 1 in 32.
        assertThat(json().get("successRate").asDouble()).isBetween(0.0, 0.11);
    }

    @Test
    void fiftyOfFiftyReachTheTruthByProbing() throws IOException {
        line("run pmc --n 80 --rho 0.10 --init-scale 0.05 --escape oracle-probe --trials 50 --json");
        assertThat(json().get("successRate").asDouble()).isEqualTo(1);
        line("run pmc --n 80 --rho 0.10 --init-scale 0.05 --escape none --trials 50 --json");
        assertThat(json().get("successRate").asDouble()).isLessThan(0.5);
    }

    /** [SOD]'s example: the lifted trajectory's type is in the report. */
    @Test
    void sodMultiReportsItsType() throws IOException {
        int code = line("run pmc --n 3 --rho 0.3 --step fixed:0.1 --seed 1 --escape sod-multi --json");
        JsonNode escape = json().get("escapes").get(0);
        assertThat(code).as(err()).isEqualTo(ExitCode.GOAL);
        assertThat(escape.get("mechanism").textValue()).isEqualTo("sod-multi");
        assertThat(escape.get("type").textValue()).isEqualTo("beta-type");
        assertThat(escape.get("accepted").booleanValue()).isTrue();
    }

    @Test
    void oneTrialIsStillTrials() throws IOException {
        line("run pmc --n 11 --rho 0.3 --trials 1 --json");
        assertThat(json().get("trials")).hasSize(1);
    }

    @Test
    void theSameSeedGivesTheSameRun() throws IOException {
        line("run pmc --n 20 --rho 0.1 --seed 5 --json");
        JsonNode first = json();
        line("run pmc --n 20 --rho 0.1 --seed 5 --json");
        assertThat(json().get("loss")).isEqualTo(first.get("loss"));
        assertThat(json().get("iterations")).isEqualTo(first.get("iterations"));
    }

    @Test
    void lbfgsCompletesARectangularMatrix() throws IOException {
        int code = line("run completion --n 120 --n2 80 --rank 3 --p 0.4 --solver lbfgs --json");
        assertThat(code).as(out() + err()).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("distance").asDouble()).isLessThan(0.05);
    }

    @Test
    void gaussianSensingIsRecoveredByProbing() throws IOException {
        line("run gaussian --n 30 --m 40 --trials 10 --json");
        assertThat(json().get("successRate").asDouble()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void theStateOfThePowerNetworkIsFound() throws IOException {
        line("run network --meters V,P,Q --solver lbfgs --trials 10 --json");
        assertThat(json().get("successRate").asDouble()).isEqualTo(1);
    }

    @Test
    void epsilonCompletionReportsDistanceAndLossApart() throws IOException {
        line("run epsilon-mc --n 6 --epsilon 0.01 --json");
        assertThat(json().get("loss").asDouble()).isPositive();
        assertThat(json().has("distance")).isTrue();
    }

    @Test
    void aMalformedCaseFileNamesItsPlace() throws IOException {
        Path file = write("case.m", "function mpc = small\nmpc.version = '2';\nmpc.baseMVA = ten;\n");
        assertThat(run("run", "network", "--case", file.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains("case.m, line 3").contains("ten");
    }

    @Test
    void aLimitIsToldByStateAndExitCode() throws IOException {
        int code = line("run pmc --n 40 --rho 0.1 --max-iterations 5 --json");
        assertThat(code).isEqualTo(ExitCode.STOPPED_SHORT);
        assertThat(json().get("state").asText()).isEqualTo("limit");
    }

    @Test
    void divergenceIsToldByStateAndExitCode() throws IOException {
        int code = line("run pmc --n 11 --rho 0.1 --init-scale 1 --step fixed:100 --json");
        assertThat(code).isEqualTo(ExitCode.DIVERGED);
        assertThat(json().get("state").asText()).isEqualTo("diverged");
        assertThat(json().has("loss"))
                .as("a loss that is not finite is left out")
                .isFalse();
    }

    @Test
    void targetsAreGoals() throws IOException {
        assertThat(line("run pmc --n 11 --rho 0.3 --loss-target 1 --json")).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("reason").asText()).contains("reached the target 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run pmc --n 1|--n is 1; 2 to 10000 is possible",
                "run pmc --rho 2|--rho is 2.0; 0.0 to 1.0 is possible",
                "run pmc --rho NaN|--rho is NaN",
                "run pmc --n ten|--n is 'ten'; a whole number would be valid",
                "run pmc --n 99999999999|--n is '99999999999'; a smaller whole number would be valid",
                "run pmc --max-time 1h|--max-time is '1h'; a number would be valid",
                "run pmc --rank 12|--rank is 12; 1 to 11 is possible",
                "run pmc --solver lift:4|--solver is 'lift:4'; lift:L takes an odd number from 3 to 99",
                "run pmc --n 300 --solver lift|the lift needs arrays of n^l·p = 300^3·1 = 2.70e+07 numbers",
                "run pmc --escape leac-canonical:2|--escape is 'leac-canonical:2'; leac-canonical:L:RULE:STEPS takes an odd",
                "run gaussian --solver sdp|--solver is 'sdp': sdp is for matrices of which entries are measured",
                "run completion --n 600 --solver lin-rfm|holds 600×600 matrices in full; up to 500 rows are possible",
                "run pmc --ridge 1 --solver gnmr|--solver is 'gnmr': gnmr fits the measurements and nothing else, and the ridge is 1.0",
                "run pmc --solver gnmr:3|--solver is 'gnmr:3': alpha is 3.0; −1 to 1 is possible",
                "run cp --solver gnmr|--solver is 'gnmr', which is for matrices",
                "run epsilon-mc --mask random|--mask is 'random'; valid: structured, uniform",
                "run pmc --solver newton|--solver is 'newton'; valid: gd, ",
                "run pmc --step big|--step is 'big'; valid: exact, stable, armijo, armijo:FIRST, fixed:ETA, polyak, polyak:HSTAR,"
                        + " polyak:adaptive, geometric, geometric:GAMMA,Q",
                "run pmc --solver lmm:4|--solver is 'lmm:4'; valid: lmm, lmm:1, lmm:2, lmm:3",
                "run pmc --solver lmm --damping big|--damping is 'big'; valid: loss, loss:C, geometric, geometric:LAMBDA,Q,",
                "run pmc --solver lmm --system lu|--system is 'lu'; valid: direct, cg, cg:CAP, cg:CAP,TOLERANCE",
                "run pmc --damping none|--damping is none; it is not for the solver gd",
                "run pmc --solver gauss-newton --damping none|--damping is none; it is not for the solver gauss-newton",
                "run pmc --loss l1 --solver levenberg-marquardt|--solver is 'levenberg-marquardt': the loss is l1",
                "run completion --n2 9 --balance 1 --solver lmm|--solver is 'lmm': ridge is 0.0 and balance 1.0",
                "run pmc --solver lift --step geometric:1,0.5|--solver is 'lift': the step is geometric:1.0,0.5",
                "run pmc --step geometric:1|--step is 'geometric:1'; valid: exact",
                "run pmc --step polyak:low|--step is 'polyak:low'; 'low' is not a number",
                "run pmc --solver ipgd:1e-15:1e-7:1e-10:50:9|--solver is 'ipgd:1e-15:1e-7:1e-10:50:9'; ipgd[:GAMMA[:G[:F[:T_ESCAPE]]]] is the form",
                "run pmc --solver ipgd:0|--solver GAMMA is 0.0; a number above 0.0 is needed",
                "run pmc --solver ipgd+:1:1:1:2.5|--solver T_ESCAPE is 2.5; a whole number is needed",
                "run pmc --init-scale -1|--init-scale is -1.0; a number of at least 0.0 is needed",
                "run pmc --implicit-region 5|--implicit-region has the rank 1, and so has the factor that is searched for",
                "run pmc --implicit-region 1.5|--implicit-region is '1.5'; '1.5' is not a whole number",
                "run cp --implicit-region 1|--implicit-region is for problems of matrices and vectors",
                "run sparse-recovery --implicit-region 1:2|--implicit-region is '1:2'; EVERY is the form here",
                "run pmc --step fixed:-1|--step fixed is -1.0; a number above 0.0 is needed",
                "run pmc --escape jump|--escape is 'jump'; valid: none, auto, negative-curvature, ",
                "run pmc --escape sod-multi:4|sod-multi:ORDER takes an odd number from 1 to 99",
                "run pmc --escape oracle-probe:0|oracle-probe:DIRECTIONS takes a whole number",
                "run pmc --max-time -1|--max-time is -1.0",
                "run pmc --emit-every 0|--emit-every is 0; at least 1 is needed",
                "run pmc --pace -3|--pace is -3.0",
                "run pmc --trials 0|--trials is 0",
                "run pmc --max-time 1e-9|--max-time is 1.0E-9; a number of at least 0.001 is needed",
                "run pmc --noise 0.1|--noise is not an option of pmc",
                "run epsilon-mc --n2 5|--n2 is not an option of epsilon-mc",
                "run pmc --init-scale 1 --init-error 0.1|--init-error cannot be given together with --init-scale",
                "run gaussians|PROBLEM is 'gaussians'; valid: pmc, completion, epsilon-mc",
                "run|PROBLEM is missing; give one of pmc, completion, epsilon-mc",
                "run pmc --data x.csv|is 'pmc' beside --data",
                "run pmc --b b.npy|--b is b.npy; it goes with --data A.npy",
                "run --data src/test/resources/matrices/plain.csv --index-base 1|--index-base is 1; it is for NDJSON",
                "run --data src/test/resources/matrices/plain.csv --index-base 2|--index-base is 2; 0 to 1 is possible",
                "run --data src/test/resources/matrices/plain.csv --hold-out 1|--hold-out is 1.0; 0.0 to",
                "run --data src/test/resources/numpy/stored.npz --rank 3|--rank is 3; 1 to 2 is possible",
                "run --data src/test/resources/numpy/stored.npz --center mean|--center is for a matrix to complete",
                "run pmc --case x.m|--case is x.m; it is for the problem network",
                "run network --meters X|--meters is 'X'",
                "run gaussian --outliers 2|--outliers is 2.0",
                "run epsilon-mc --epsilon -1|--epsilon is -1.0; 0.0 to 1.0 is possible",
                "run pmc --colour red|--colour is no option of escapement run",
                "run pmc --colour red|'escapement run --help' names those that are",
                "run pmc --rnak 2|--rnak is no option of escapement run; --rank would be",
                "run pmc --meters aggregate|--meters is 'aggregate'; in this command it is what a power network is",
                "serve --metre|--metre is no option of escapement serve; --meters would be",
                "serve --meters runs|--metrics is 'runs'; valid: aggregate, all",
                "--meters some|--metrics is 'some'; valid: aggregate, all",
                "serve --tokens x|--tokens is no option of escapement serve; 'escapement serve --help' names those",
                "bound --p 0.3 --epsilon 0.05|--chi is missing; give --chi, --error, or --distance, --weakest and --trace",
                "bound --p 0.3 --epsilon 0.05 --chi 0.4|--chi is 0.4; at least 0 and below p = 0.3 is needed",
                "serve --port 70000|--port is 70000; 0 to 65535 is possible",
                "serve --bind 0.0.0.0|--bind is '0.0.0.0', which other machines reach, and nobody would be asked for a token",
                "serve --bind nowhere.invalid|--bind is 'nowhere.invalid'; an address of this machine is needed",
                "serve --token-file no-such-file|--token-file is no-such-file, which cannot be read",
                "serve --tls-cert x.pem|--tls-cert is x.pem; --tls-key is needed with it",
                "serve --tls-key x.pem|--tls-key is x.pem; --tls-cert is needed with it",
                "serve --hsts-days 30|--hsts-days is 30; it is of use with --tls-cert only",
                "serve --frame-ancestors x;y|--frame-ancestors is 'x;y'; 'self', 'none' or an origin",
                "serve --max-events-per-second 1|--max-events-per-second is 1.0; a number of at least 10.0 is needed",
                "serve --config no-such-file|no-such-file cannot be read (NoSuchFileException); a YAML file of options",
                "fly|Unmatched argument"
            })
    void badValuesNameTheOptionTheValueAndWhatWouldBeValid(String command, String message) {
        assertThat(line(command)).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains(message).contains("--help");
        assertThat(out()).isEmpty();
    }

    @Test
    void everyOptionHasALineInTheHelp() {
        assertThat(line("run --help")).isZero();
        assertThat(out()).contains("--escape", "--trials", "Exit codes:", "Examples:");
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("run", "serve", "doctor", "bench");
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("escapement ");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void aFileIsCompletedMeasuredAndWritten() throws IOException {
        Random random = new Random(3);
        int rows = 60;
        int columns = 40;
        double[] u = random.doubles(rows, 1, 2).toArray();
        double[] v = random.doubles(columns, 1, 2).toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                text.append(j == 0 ? "" : ",").append(random.nextDouble() < 0.4 ? Double.toString(u[i] * v[j]) : "NA");
            }
            text.append('\n');
        }
        Path file = write("matrix.csv", text.toString());
        Path completed = directory.resolve("completed.csv");
        int code = run(
                "run",
                "--data",
                file.toString(),
                "--rank",
                "2",
                "--solver",
                "lbfgs",
                "--out",
                completed.toString(),
                "--json");
        assertThat(code).as(out() + err()).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("heldOutRmse").asDouble()).isLessThan(0.01);
        assertThat(json().get("trainRmse").asDouble()).isLessThan(0.01);
        assertThat(json().has("distance")).isFalse();
        String[] first = Files.readAllLines(completed).get(7).split(",", -1);
        assertThat(first).hasSize(columns);
        for (int j = 0; j < columns; j++) {
            assertThat(Double.parseDouble(first[j])).isCloseTo(u[7] * v[j], within(0.05));
        }
    }

    @Test
    void malformedFilesNameLineAndColumn() throws IOException {
        Path file = write("broken.csv", "1,2,3\n4,five,6\n");
        assertThat(run("run", "--data", file.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains("broken.csv, line 2, column 2").contains("five");
        assertThat(run("run", "--data", directory.resolve("absent.csv").toString()))
                .isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains("there is no such file");
        Path market = write("broken.mtx", "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 1 1.0\n4 1 2.0\n");
        assertThat(run("run", "--data", market.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains("line 4");
    }

    /** x = (1, 2, 0, −1, …) of 8 entries by 40 measurements (aᵀx)², seen through a generator that is seeded with 4. */
    @Test
    void measurementsOfOnesOwnGiveTheFactorBack() throws IOException {
        double[] x = {1, 2, 0, -1, 0.5, 3, -2, 1};
        Random random = new Random(4);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 40; k++) {
            double[] a = random.doubles(x.length, -1, 1).toArray();
            double inner = 0;
            for (int i = 0; i < x.length; i++) {
                inner += a[i] * x[i];
            }
            text.append("{\"b\":" + inner * inner + ",\"a\":" + Arrays.toString(a) + "}\n");
        }
        Path file = write("phase.ndjson", text.toString());
        Path factor = directory.resolve("factor.npy");
        int code = run(
                "run",
                "--data",
                file.toString(),
                "--hold-out",
                "0.1",
                "--out",
                factor.toString(),
                "--json",
                "--gradient-tolerance",
                "1e-9");
        assertThat(code).as(out() + err()).isEqualTo(ExitCode.GOAL);
        assertThat(err()).contains("phase.ndjson (NDJSON), 40 sparse rows", "4 measurements held out", "Z @ Z.T");
        assertThat(json().get("verdict").asText()).isEqualTo("global-minimum");
        assertThat(json().get("trainResidual").asDouble()).isLessThan(1e-6);
        assertThat(json().get("heldOutResidual").asDouble()).isLessThan(1e-5);
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(factor)).order(ByteOrder.LITTLE_ENDIAN);
        int start = written.capacity() - 8 * x.length;
        double sign = Math.signum(written.getDouble(start));
        for (int i = 0; i < x.length; i++) {
            assertThat(sign * written.getDouble(start + 8 * i))
                    .as("entry %d", i)
                    .isCloseTo(x[i], within(1e-4));
        }
    }

    @Test
    void aNumpyArchiveIsADenseSensingProblem() throws IOException {
        int code = line("run --data src/test/resources/numpy/stored.npz --json --max-iterations 500 --trials 2");
        assertThat(code).as(out() + err()).isEqualTo(ExitCode.GOAL);
        assertThat(json().get("trials").get(0).get("trainResidual").asDouble()).isLessThan(1e-3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x.csv    | 1,2~3,x              | x.csv, line 2, column 2: \"x\" is not a number",
                "x.mtx    | %%MatrixMarket matrix coordinate real general~2 2 1000000000000~ | line 2, column 3: the number of entries",
                "x.ndjson | [0,0,1]~[0,0,2]~[1,1,1] | x.ndjson, line 2, column 1: entry (0, 0) is on line 1 already",
                "x.jsonl  | {\"b\":1,\"a\":[1,Infinity]} | x.jsonl, line 1, column 15: entry 1 of a is \"Infinity\"",
                "x.jsonl  | {\"b\":0,\"a\":[1,2]} | the norm of b over the measurements to fit is 0.0",
                "x.npz    | PK\u0003\u0004garbage  | x.npz: the archive is damaged or cut short",
                "x.npy    | \u0093NUMPY          | x.npy, byte 6: the file ends in the header of a NumPy array",
                "x.csv.gz | 1,2~3,4              | x.csv.gz: the name says gzip, and the content is not",
                "x.dat    | ``                   | x.dat, line 1: the file is empty; CSV, Matrix Market, NDJSON or NumPy",
            })
    void badFilesOfEveryFormatExitWithFive(String name, String text, String message) throws IOException {
        Path file = Files.write(directory.resolve(name), text.replace('~', '\n').getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run("run", "--data", file.toString(), "--psd")).as(err()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).startsWith("escapement: " + directory).contains(message);
        assertThat(out()).isEmpty();
        assertThat(run("run", "--data", directory.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains("this is a directory; a file in CSV, Matrix Market, NDJSON or NumPy");
    }

    @Test
    void doctorSaysWhatIsWrong() throws IOException {
        assertThat(run("doctor", "--port", "0")).as(out()).isZero();
        assertThat(out()).contains("ok    java", "ok    arithmetic", "ok    page", "ok    port");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("doctor", "--port", port)).isEqualTo(ExitCode.ERROR);
            assertThat(out()).contains("BAD   port: 127.0.0.1:" + port);
            assertThat(run("serve", "--port", port)).isEqualTo(ExitCode.ERROR);
            assertThat(err()).contains("port " + port + " on 127.0.0.1 is taken");
        }
    }

    @Test
    void ingestTellsHowARunOfAnotherProgramStands() throws IOException {
        Path log = directory.resolve("log.ndjson");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append("{\"loss\": ")
                    .append(i < 10 ? 20 - i : i < 30 ? 11 : 40 - i)
                    .append("}\n");
        }
        Files.writeString(log, lines);
        assertThat(run("ingest", "--window", "5", "--json", log.toString())).isEqualTo(ExitCode.GOAL);
        JsonNode summary = json();
        assertThat(summary.get("accepted").asInt()).isEqualTo(40);
        assertThat(summary.get("bestLoss").asDouble()).isEqualTo(1);
        assertThat(summary.get("changes").findValuesAsText("kind")).containsExactly("stalled", "running");
        assertThat(err()).contains("iteration 14: stalled: ").contains("iteration 30: running: ");
        Files.writeString(log, "{\"loss\": 3");
        assertThat(run("ingest", log.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains("line 1: the line is not valid JSON");
        Files.writeString(log, "{\"loss\": 3}\n{\"loss\": \"NaN\"}\n");
        assertThat(run("ingest", log.toString())).isEqualTo(ExitCode.DIVERGED);
        assertThat(run("ingest", directory.resolve("none").toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err()).contains("cannot be read");
    }

    @Test
    void mechanismsAreComparedAtTheSameNumberOfGradientEvaluations() throws IOException {
        line("run gaussian --n 12 --m 13 --seed 5 --escape restart:1000000 --max-evaluations 900 --json");
        JsonNode result = json();
        assertThat(result.get("gradientEvaluations").asDouble()).isBetween(100.0, 1100.0);
        assertThat(result.get("gradientEvaluations").asDouble())
                .isGreaterThan(result.get("iterations").asDouble());
    }
}
