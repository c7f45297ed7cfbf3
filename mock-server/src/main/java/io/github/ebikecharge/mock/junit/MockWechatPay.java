package io.github.ebikecharge.mock.junit;

import io.github.ebikecharge.mock.MockWechatPayServer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class a mock of its own, {@linkplain MockWechatPayServer#reset reset} before each test and stopped after
 * the last one; nested classes share it. Parameters and fields of the type {@link MockWechatPayServer} are filled with it;
 * those of the type {@code EbikeChargeClient}, with a client that is led to it and goes by its clock, if
 * {@code ebike-charge-client} is on the class path.
 *
 * <p>Classes may run in parallel. Tests of one class take turns, since they share the mock.
 *
 * <p>Settings of the mock are given to a {@link MockWechatPayExtension} in a field instead. JUnit 5.13 or newer is
 * needed; JUnit 6 will do.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(MockWechatPayExtension.class)
@ResourceLock(providers = OneAtATime.class)
public @interface MockWechatPay {}
