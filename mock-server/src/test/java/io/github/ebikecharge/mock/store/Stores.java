package io.github.ebikecharge.mock.store;

import io.github.ebikecharge.mock.MockWechatPayServer;
import io.github.ebikecharge.mock.MockWechatPayServerBuilder;
import io.github.ebikecharge.mock.world.MemoryStore;
import io.github.ebikecharge.mock.world.Store;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One store of each kind, in a directory; Redis is started once it is asked for. */
final class Stores implements AutoCloseable {
    private final Path directory;
    private @Nullable RedisProcess redis;

    enum Kind {
        MEMORY,
        FILE,
        REDIS
    }

    Stores(Path directory) {
        this.directory = directory;
    }

    private String redis() throws IOException {
        if (redis == null) {
            redis = new RedisProcess(directory);
        }
        return redis.url();
    }

    private Path state() {
        return directory.resolve("state");
    }

    Store open(Kind kind) throws IOException {
        return switch (kind) {
            case MEMORY -> new MemoryStore();
            case FILE -> new FileStore(state());
            case REDIS -> new RedisStore(redis());
        };
    }

    /** A mock that keeps everything there. */
    MockWechatPayServerBuilder mock(Kind kind) throws IOException {
        MockWechatPayServerBuilder builder = MockWechatPayServer.builder();
        return switch (kind) {
            case MEMORY -> builder;
            case FILE -> builder.state(state());
            case REDIS -> builder.store(redis());
        };
    }

    @Override
    public void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
