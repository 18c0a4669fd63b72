package io.escapement.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs programs of the machine. Skipped with a line where one is missing, but never in CI. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsProgram.Condition.class)
public @interface NeedsProgram {

    /** Absolute paths. */
    String[] value();

    /** Decides by what is on the disk. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            NeedsProgram needs = context.getElement()
                    .map(element -> element.getAnnotation(NeedsProgram.class))
                    .orElse(null);
            if (needs == null) {
                return ConditionEvaluationResult.enabled("needs nothing");
            }
            List<String> missing = Arrays.stream(needs.value())
                    .filter(program -> !Files.isExecutable(Path.of(program)))
                    .toList();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("all programs are there");
            }
            String line = context.getDisplayName() + " is skipped: it needs " + String.join(" and ", missing);
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(line + ", and CI may not skip it: see .ci/run");
            }
            System.err.println(line);
            return ConditionEvaluationResult.disabled(line);
        }
    }
}
