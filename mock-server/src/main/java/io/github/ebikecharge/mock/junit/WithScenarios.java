package io.github.ebikecharge.mock.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scenarios that a test plays, or each test of a class; those of a test stand in place of its class's. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface WithScenarios {
    /**
     * YAML on the class path, as {@code PUT /_mock/scenarios} takes it: beside the test class, or from the root if it
     * begins with a slash.
     */
    String value();
}
