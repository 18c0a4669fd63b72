package io.escapement;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may import which (architecture.md, "Packages and direction"), ours and third parties'. */
class ArchitectureTest {

    private static final String ROOT = "io.escapement.";

    private static final List<String> REACTOR = List.of("reactor.", "org.reactivestreams.");
    private static final List<String> EJML = List.of("org.ejml.");
    private static final List<String> JACKSON = List.of("com.fasterxml.jackson.");

    /** Package, ours that it may import, third parties that it may import. */
    private record Allowed(Set<String> ours, List<String> theirs) {}

    private static final Map<String, Allowed> RULES = Map.ofEntries(
            Map.entry("event", new Allowed(Set.of(), List.of())),
            Map.entry("linalg", new Allowed(Set.of(), EJML)),
            Map.entry("problem", new Allowed(Set.of("linalg"), EJML)),
            Map.entry(
                    "sensing", new Allowed(Set.of("problem", "linalg"), join(EJML, List.of("jdk.incubator.vector.")))),
            Map.entry("solve", new Allowed(Set.of("problem", "linalg"), EJML)),
            Map.entry("stop", new Allowed(Set.of("event"), List.of())),
            Map.entry("landscape", new Allowed(Set.of("event", "problem", "linalg"), EJML)),
            Map.entry("escape", new Allowed(Set.of("event", "landscape", "problem", "linalg"), EJML)),
            Map.entry(
                    "run",
                    new Allowed(
                            Set.of("event", "linalg", "problem", "solve", "stop", "landscape", "escape"),
                            join(EJML, REACTOR, List.of("org.slf4j.")))),
            Map.entry(
                    "experiment",
                    new Allowed(
                            Set.of(
                                    "event",
                                    "linalg",
                                    "problem",
                                    "sensing",
                                    "solve",
                                    "stop",
                                    "landscape",
                                    "escape",
                                    "run"),
                            join(EJML, REACTOR, JACKSON))),
            Map.entry("store", new Allowed(Set.of("event"), join(JACKSON, List.of("org.slf4j.", "org.sqlite.")))),
            Map.entry("ingest", new Allowed(Set.of("event"), join(JACKSON, REACTOR))),
            Map.entry("alert", new Allowed(Set.of("event"), join(JACKSON, List.of("org.slf4j.")))),
            Map.entry("meter", new Allowed(Set.of("event"), List.of("io.micrometer.", "io.prometheus."))),
            Map.entry(
                    "web",
                    new Allowed(
                            Set.of("event", "run", "store", "ingest", "alert"),
                            join(
                                    JACKSON,
                                    REACTOR,
                                    List.of(
                                            "io.vertx.",
                                            "io.netty.",
                                            "io.micrometer.",
                                            "org.HdrHistogram.",
                                            "org.slf4j.")))));

    private static JavaClasses classes;

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<String> join(List<String>... lists) {
        return java.util.Arrays.stream(lists).flatMap(List::stream).toList();
    }

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.escapement");
    }

    static Set<String> packages() {
        return new TreeSet<>(RULES.keySet());
    }

    private static String packageOf(JavaClass type) {
        String inside = type.getPackageName().substring(ROOT.length());
        int dot = inside.indexOf('.');
        return dot < 0 ? inside : inside.substring(0, dot);
    }

    @Test
    void everyPackageHasClassesAndARule() {
        assertThat(classes.size()).isGreaterThan(50);
        Set<String> found = classes.stream()
                .filter(type -> type.getPackageName().startsWith(ROOT))
                .map(ArchitectureTest::packageOf)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> ruled = packages();
        ruled.add("app");
        assertThat(found).isEqualTo(ruled);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsOnlyWhatItMay(String name) {
        Allowed allowed = RULES.get(name);
        DescribedPredicate<JavaClass> permitted = DescribedPredicate.describe(
                "java, itself, " + allowed.ours() + " or " + allowed.theirs(), type -> permitted(name, allowed, type));
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .onlyDependOnClassesThat(permitted)
                .check(classes);
    }

    private static boolean permitted(String name, Allowed allowed, JavaClass type) {
        String of = type.getBaseComponentType().getPackageName();
        if (of.isEmpty() || of.startsWith("java.") || of.startsWith("javax.")) {
            return true;
        }
        if (of.startsWith(ROOT)) {
            String other = packageOf(type.getBaseComponentType());
            return other.equals(name) || allowed.ours().contains(other);
        }
        return allowed.theirs().stream().anyMatch(prefix -> (of + ".").startsWith(prefix));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(classes);
    }

    /** The lifted subspace is mathematics of its own; mechanisms use it, not the other way round. */
    @Test
    void theLiftedSubspaceKnowsNoMechanism() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(ROOT + "escape.lifted")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "escape")
                .check(classes);
    }

    /** Operators and generators know neither files nor what is done with them. */
    @Test
    void sensingKnowsNoneOfItsSubpackages() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(ROOT + "sensing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "sensing.*..")
                .check(classes);
        slices().matching(ROOT + "sensing.(*)..").should().beFreeOfCycles().check(classes);
    }
}
