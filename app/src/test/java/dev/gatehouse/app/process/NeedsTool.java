package dev.gatehouse.app.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that needs a program of the machine. Where that is missing, the test is skipped with a line that says how to install it; where
 * the environment variable {@code CI} is {@code true} it fails, because there everything is installed.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(NeedsTool.All.class)
@ExtendWith(NeedsToolCondition.class)
public @interface NeedsTool {
    /** The program, as it is called on the path. */
    String command();

    /** Arguments with which it must succeed; without them, that it's there is enough. */
    String[] works() default {};

    /** A line that installs it, or says what it needs. */
    String install();

    /** Several of them. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(NeedsToolCondition.class)
    @interface All {
        /** Each of them. */
        NeedsTool[] value();
    }
}
