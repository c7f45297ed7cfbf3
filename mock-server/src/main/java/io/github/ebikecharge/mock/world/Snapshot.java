package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.UserNotice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a world remembers at one moment, or a part of it: a small heap has no room for all of it in JSON.
 *
 * @param tokens oldest first
 * @param notices oldest first
 * @param noticeCount how many were ever sent; 0 in further parts
 * @param settings the configuration that was set last; null if none was, and in further parts
 */
public record Snapshot(
        List<Contract> contracts,
        List<Issue> tokens,
        List<UserNotice> notices,
        long noticeCount,
        @Nullable MockConfiguration settings) {

    /**
     * A token.
     *
     * @param count how many its session had had with it
     */
    public record Issue(ChargingToken token, int count) {}

    /** As stores keep it. */
    public byte[] toJson() {
        return WireJson.write(this);
    }

    /** Reads what {@link #toJson} wrote. */
    public static Snapshot ofJson(byte[] json) {
        return Batch.read(json, Snapshot.class);
    }
}
