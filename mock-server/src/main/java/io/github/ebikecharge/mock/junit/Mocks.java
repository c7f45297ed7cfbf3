package io.github.ebikecharge.mock.junit;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.MockWechatPayServerBuilder;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The mock of a test class and its client, kept by JUnit, which closes them after the last test. */
final class Mocks implements AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(Mocks.class);

    /** Known by name only: without the client on the class path, nothing of it is loaded. */
    private static final String CLIENT = "io.github.ebikecharge.client.EbikeChargeClient";

    private final MockWechatPayServer server;
    private final List<Field> staticFields = new ArrayList<>();
    private final AtomicReference<@Nullable String> testUnderWay = new AtomicReference<>();
    private @Nullable ReadyClient client;

    private Mocks(Consumer<MockWechatPayServerBuilder> settings) {
        MockWechatPayServerBuilder builder = MockWechatPayServer.builder();
        settings.accept(builder);
        server = builder.start();
    }

    /** Those of this class or of the one around it; started if there are none. */
    static Mocks of(ExtensionContext context, Consumer<MockWechatPayServerBuilder> settings) {
        Store store = context.getStore(NAMESPACE);
        Mocks mocks = store.get(Mocks.class, Mocks.class);
        if (mocks == null) {
            mocks = new Mocks(settings);
            store.put(Mocks.class, mocks);
        }
        return mocks;
    }

    static boolean supplies(Class<?> type) {
        return type == MockWechatPayServer.class || type.getName().equals(CLIENT);
    }

    MockWechatPayServer server() {
        return server;
    }

    synchronized Object supply(Class<?> type) {
        if (type == MockWechatPayServer.class) {
            return server;
        }
        if (client == null) {
            client = new ReadyClient(server);
        }
        return client.get();
    }

    /** Fills the fields of an instance; of the class if there is none. */
    void fill(Class<?> testClass, @Nullable Object instance) {
        ReflectionSupport.findFields(
                        testClass,
                        field -> supplies(field.getType()) && ModifierSupport.isStatic(field) == (instance == null),
                        HierarchyTraversalMode.TOP_DOWN)
                .forEach(field -> fill(field, instance));
    }

    private void fill(Field field, @Nullable Object instance) {
        try {
            field.setAccessible(true);
            if (field.get(instance) == null) {
                field.set(instance, supply(field.getType()));
                if (instance == null) {
                    staticFields.add(field);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new ExtensionConfigurationException("Cannot fill the field " + field, e);
        }
    }

    /** A test begins, alone. */
    void begin(String testId) {
        if (!testUnderWay.compareAndSet(null, testId)) {
            throw new ExtensionConfigurationException(
                    "Tests that share a mock run at the same time. Let them take turns:"
                            + " annotate their class with @Execution(ExecutionMode.SAME_THREAD), or with @MockWechatPay in"
                            + " place of the MockWechatPayExtension");
        }
    }

    /** A test is over, if it had begun. */
    void end(String testId) {
        testUnderWay.compareAndSet(testId, null);
    }

    /** Stops it, and takes it out of the fields of classes, which may run again. */
    @Override
    public synchronized void close() throws IllegalAccessException {
        for (Field field : staticFields) {
            field.set(null, null);
        }
        if (client != null) {
            client.close();
        }
        server.close();
    }
}
