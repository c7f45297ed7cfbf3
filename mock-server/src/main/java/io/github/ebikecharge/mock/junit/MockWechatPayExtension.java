package io.github.ebikecharge.mock.junit;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.MockWechatPayServerBuilder;
import io.github.ebikecharge.mock.model.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What {@link MockWechatPay} does, for a mock with settings:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MockWechatPayExtension MOCK = new MockWechatPayExtension(mock -> mock.configuration(…));
 * }</pre>
 *
 * The field has to be static. Tests that share the mock must take turns: where tests run in parallel, their class needs
 * {@code @Execution(SAME_THREAD)}. Not together with the annotation.
 */
public final class MockWechatPayExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                TestInstancePostProcessor,
                ParameterResolver {
    private final Consumer<MockWechatPayServerBuilder> settings;
    private final boolean byAnnotation;

    /** For {@link MockWechatPay}: no settings. */
    public MockWechatPayExtension() {
        this(builder -> {}, true);
    }

    /** @param settings sets up each mock before it starts */
    public MockWechatPayExtension(Consumer<MockWechatPayServerBuilder> settings) {
        this(settings, false);
    }

    private MockWechatPayExtension(Consumer<MockWechatPayServerBuilder> settings, boolean byAnnotation) {
        this.settings = settings;
        this.byAnnotation = byAnnotation;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        if (!byAnnotation && isAnnotated(testClass, context)) {
            throw new ExtensionConfigurationException(
                    "%s has both @MockWechatPay and a MockWechatPayExtension; take one".formatted(testClass.getName()));
        }
        Mocks.of(context, settings).fill(testClass, null);
    }

    private static boolean isAnnotated(Class<?> testClass, ExtensionContext context) {
        return AnnotationSupport.findAnnotation(testClass, MockWechatPay.class, context.getEnclosingTestClasses())
                .isPresent();
    }

    @Override
    public void postProcessTestInstance(Object testInstance, ExtensionContext context) {
        Mocks.of(context, settings).fill(testInstance.getClass(), testInstance);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Mocks mocks = Mocks.of(context, settings);
        mocks.begin(context.getUniqueId());
        MockWechatPayServer server = mocks.server();
        server.reset();
        Class<?> testClass = context.getRequiredTestClass();
        AnnotatedElement method = context.getRequiredTestMethod();
        AnnotationSupport.findAnnotation(method, WithScenarios.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        testClass, WithScenarios.class, context.getEnclosingTestClasses()))
                .ifPresent(scenarios -> server.play(yaml(testClass, scenarios.value())));
        context.getEnclosingTestClasses().forEach(around -> inject(server, around));
        inject(server, testClass);
        inject(server, method);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Mocks.of(context, settings).end(context.getUniqueId());
    }

    private static String yaml(Class<?> testClass, String resource) {
        try (InputStream yaml = testClass.getResourceAsStream(resource)) {
            if (yaml == null) {
                throw new ExtensionConfigurationException(
                        "@WithScenarios: %s has no resource %s".formatted(testClass.getName(), resource));
            }
            return new String(yaml.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("@WithScenarios: cannot read " + resource, e);
        }
    }

    private static void inject(MockWechatPayServer server, AnnotatedElement annotated) {
        AnnotationSupport.findRepeatableAnnotations(annotated, WithFault.class)
                .forEach(fault -> server.inject(Fault.builder()
                        .kind(fault.kind())
                        .count(fault.count() == 0 ? null : fault.count())
                        .contractId(fault.contractId().isEmpty() ? null : fault.contractId())
                        .delayMs(fault.delayMs() < 0 ? null : fault.delayMs())
                        .build()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Mocks.supplies(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Mocks.of(context, settings).supply(parameter.getParameter().getType());
    }
}
