package io.github.ebikecharge.mock.junit;

import io.github.ebikecharge.mock.model.FaultKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fault that waits for calls of a test, or of each test of a class and of the classes nested in it; of several, those of
 * the outermost class come first.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(WithFault.List.class)
public @interface WithFault {
    /** What goes wrong. */
    FaultKind kind();

    /** How many calls it strikes; 0 for all. */
    int count() default 1;

    /** Contract that it strikes (充电授权扣费协议号); empty for any. */
    String contractId() default "";

    /** How long a slow answer takes, in milliseconds; -1 for as long as the document says. */
    int delayMs() default -1;

    /** Several of them. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface List {
        /** The faults, in their order. */
        WithFault[] value();
    }
}
