package dev.gatehouse.app.process;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks for the programs of {@link NeedsTool}. */
final class NeedsToolCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<NeedsTool> missing = context.getElement().stream()
                .flatMap(element -> AnnotationSupport.findRepeatableAnnotations(element, NeedsTool.class).stream())
                .filter(tool -> !works(tool))
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("everything is there");
        }
        String sentence = missing.stream().map(NeedsToolCondition::sentence).collect(Collectors.joining("; "));
        if ("true".equals(System.getenv("CI"))) {
            throw new ExtensionConfigurationException(sentence);
        }
        return ConditionEvaluationResult.disabled(sentence);
    }

    private static boolean works(NeedsTool tool) {
        return Launch.onPath(tool.command())
                && (tool.works().length == 0
                        || Launch.succeeds(Stream.concat(Stream.of(tool.command()), Stream.of(tool.works()))));
    }

    private static String sentence(NeedsTool tool) {
        return Launch.onPath(tool.command())
                ? tool.command() + " " + String.join(" ", tool.works()) + " fails; what it needs: " + tool.install()
                : tool.command() + " is missing; install it: " + tool.install();
    }
}
