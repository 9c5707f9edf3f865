package dev.gatehouse.etcd.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that start etcd. Where it is missing they are skipped, with a line that says how to install it; where the environment variable {@code CI} is
 * {@code true} they fail, because there everything is installed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NeedsEtcd.Condition.class)
public @interface NeedsEtcd {
    /** Looks for etcd on the path. */
    final class Condition implements ExecutionCondition {
        private static final String MISSING = "etcd is missing; install it: apt-get install etcd-server";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (EtcdProcess.installed()) {
                return ConditionEvaluationResult.enabled("etcd is there");
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new ExtensionConfigurationException(MISSING);
            }
            return ConditionEvaluationResult.disabled(MISSING);
        }
    }
}
