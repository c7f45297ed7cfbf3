package io.github.ebikecharge.mock.store;

import io.github.ebikecharge.mock.contract.StoreUnavailableException;
import io.github.ebikecharge.mock.world.Batch;
import io.github.ebikecharge.mock.world.Snapshot;
import io.github.ebikecharge.mock.world.Store;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Keeps everything in Redis, or Valkey, for as many mocks as ask it. No command is sent twice: what broke off may have
 * been done, and whoever asked is told that it could not be.
 */
public final class RedisStore implements Store {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE_BEFORE_RECONNECT = Duration.ofMillis(200);
    private static final int BATCHES_AT_A_TIME = 1000;
    /** In braces: the keys are on one node of a cluster. */
    private static final String PREFIX = "{ebike-charge}:";

    private static final String REQUESTS = PREFIX + "requests";
    private static final String NONCE = PREFIX + "nonce:";
    /** Batches from before a snapshot that are kept for mocks that have not seen them yet. */
    private static final int KEPT_BATCHES = 1000;

    private static final String SNAPSHOT = PREFIX + "snapshot";
    private static final String SNAPSHOT_PLACE = PREFIX + "snapshot-place";
    private static final int PARTS_AT_A_TIME = 10;
    /** A snapshot that is not kept after all goes by itself. */
    private static final Duration DRAFT_LIFE = Duration.ofMinutes(1);

    private static final String[] KEYS = {PREFIX + "run", PREFIX + "base", PREFIX + "batches", SNAPSHOT, SNAPSHOT_PLACE
    };

    private static final String APPEND = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            local base = tonumber(redis.call('GET', KEYS[2]) or '0')
            if base + redis.call('LLEN', KEYS[3]) ~= tonumber(ARGV[2]) then return 0 end
            redis.call('RPUSH', KEYS[3], ARGV[3])
            return 1
            """;

    private static final String SINCE = """
            local run = redis.call('GET', KEYS[1])
            if not run then
              run = ARGV[3]
              redis.call('SET', KEYS[1], run)
              redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
            end
            local base = tonumber(redis.call('GET', KEYS[2]) or '0')
            local position = tonumber(ARGV[2])
            local anew = run ~= ARGV[1] or position < base or position > base + redis.call('LLEN', KEYS[3])
            if anew then position = tonumber(redis.call('GET', KEYS[5]) or '0') end
            local answer = {run, string.format('%d', position), anew and 'anew' or ''}
            local from = position - base
            for _, batch in ipairs(redis.call('LRANGE', KEYS[3], from, from + tonumber(ARGV[4]) - 1)) do
              answer[#answer + 1] = batch
            end
            return answer
            """;

    /** In one step: a draft that is left goes by itself, whenever the mock ended. */
    private static final String DRAFT = """
            redis.call('RPUSH', KEYS[1], ARGV[1])
            return redis.call('EXPIRE', KEYS[1], ARGV[2])
            """;

    private static final String COMPACT = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            local base = tonumber(redis.call('GET', KEYS[2]) or '0')
            local position = tonumber(ARGV[2])
            if position <= tonumber(redis.call('GET', KEYS[5]) or '0') then return 0 end
            redis.call('RENAME', ARGV[3], KEYS[4])
            redis.call('PERSIST', KEYS[4])
            redis.call('SET', KEYS[5], ARGV[2])
            local kept = math.max(base, position - tonumber(ARGV[4]))
            redis.call('LTRIM', KEYS[3], kept - base, -1)
            redis.call('SET', KEYS[2], string.format('%d', kept))
            return 1
            """;

    private final String name;
    private final ClientResources resources;
    private final RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;

    /**
     * Connects when it is asked for something, and again whenever the connection broke off.
     *
     * @param url {@code redis://[:PASSWORD@]HOST[:PORT][/DATABASE]}, or {@code rediss://} for TLS
     * @throws IllegalArgumentException if it is no such URL
     */
    public RedisStore(String url) {
        RedisURI uri = read(url);
        uri.setTimeout(PATIENCE);
        name = uri.getHost() + ":" + uri.getPort();
        resources = ClientResources.builder()
                .reconnectDelay(Delay.constant(PAUSE_BEFORE_RECONNECT))
                .build();
        client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .build());
    }

    /** Says nothing of what was given: there may be a password in it. */
    private static RedisURI read(String url) {
        RedisURI uri;
        try {
            uri = RedisURI.create(url);
        } catch (IllegalArgumentException e) {
            throw notRead(); // its message quotes the URL
        }
        if (url.contains("#") || uri.getHost() == null || uri.getHost().isEmpty()) {
            throw notRead();
        }
        return uri;
    }

    private static IllegalArgumentException notRead() {
        return new IllegalArgumentException("The URL of the store cannot be read; give redis://[:PASSWORD@]HOST[:PORT]"
                + "[/DATABASE], with what is special in the password in percent-encoding");
    }

    @Override
    public boolean append(Place place, Batch batch) {
        return asking(redis -> redis.<Long>eval(
                        APPEND,
                        ScriptOutputType.INTEGER,
                        KEYS,
                        place.run(),
                        Long.toString(place.position()),
                        new String(batch.toJson(), UTF_8)))
                == 1;
    }

    @Override
    public Since since(Place place) {
        List<String> answer = asking(redis -> redis.eval(
                SINCE,
                ScriptOutputType.MULTI,
                KEYS,
                place.run(),
                Long.toString(place.position()),
                UUID.randomUUID().toString(),
                Integer.toString(BATCHES_AT_A_TIME)));
        List<Batch> batches = answer.stream()
                .skip(3)
                .map(json -> Batch.ofJson(json.getBytes(UTF_8)))
                .toList();
        boolean anew = !answer.get(2).isEmpty();
        long position = Long.parseLong(answer.get(1));
        List<Snapshot> snapshot = anew && position > 0 ? snapshot() : List.of();
        if (anew && position > 0 && !answer.get(1).equals(asking(redis -> redis.get(SNAPSHOT_PLACE)))) {
            return since(place); // another has taken its place meanwhile
        }
        return new Since(anew, snapshot, batches, new Place(answer.get(0), position + batches.size()));
    }

    private List<Snapshot> snapshot() {
        List<Snapshot> snapshot = new ArrayList<>();
        List<String> parts;
        do {
            int from = snapshot.size();
            parts = asking(redis -> redis.lrange(SNAPSHOT, from, from + PARTS_AT_A_TIME - 1));
            parts.forEach(part -> snapshot.add(Snapshot.ofJson(part.getBytes(UTF_8))));
        } while (!parts.isEmpty());
        return snapshot;
    }

    @Override
    public void compact(Place place, List<Snapshot> snapshot) {
        String draft = SNAPSHOT + ":" + UUID.randomUUID();
        for (Snapshot part : snapshot) {
            asking(redis -> redis.eval(
                    DRAFT,
                    ScriptOutputType.INTEGER,
                    new String[] {draft},
                    new String(part.toJson(), UTF_8),
                    Long.toString(DRAFT_LIFE.toSeconds())));
        }
        asking(redis -> redis.<Long>eval(
                COMPACT,
                ScriptOutputType.INTEGER,
                KEYS,
                place.run(),
                Long.toString(place.position()),
                draft,
                Integer.toString(KEPT_BATCHES)));
    }

    @Override
    public boolean useNonce(String nonce, Instant now, Duration remembered) {
        SetArgs once = SetArgs.Builder.nx().px(remembered.toMillis());
        return asking(redis -> redis.set(NONCE + nonce, "", once) != null);
    }

    @Override
    public void forgetNonces() {
        asking(redis -> {
            ScanIterator<String> used =
                    ScanIterator.scan(redis, ScanArgs.Builder.matches(NONCE.replace("{", "\\{") + "*"));
            while (used.hasNext()) {
                redis.unlink(used.next());
            }
            return true;
        });
    }

    @Override
    public long count(long more) {
        return asking(redis -> redis.incrby(REQUESTS, more));
    }

    @Override
    public boolean shared() {
        return true;
    }

    private <T> T asking(Function<RedisCommands<String, String>, T> question) {
        StatefulRedisConnection<String, String> used = null;
        try {
            used = connection();
            return question.apply(used.sync());
        } catch (RedisException e) {
            if (e instanceof RedisCommandTimeoutException) {
                leave(used);
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StoreUnavailableException(
                    "Redis at %s does not serve: %s".formatted(name, cause.getMessage()), e);
        }
    }

    private synchronized StatefulRedisConnection<String, String> connection() {
        if (connection == null) {
            connection = client.connect();
        }
        return connection;
    }

    /** Connects anew the next time: a host that is gone ends no connection, and none of its own accord answers again. */
    private synchronized void leave(@Nullable StatefulRedisConnection<String, String> used) {
        if (used != null && used == connection) {
            connection = null;
            var unused = used.closeAsync();
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, PATIENCE);
        var unused = resources.shutdown(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
