package io.github.ebikecharge.mock.world;

import io.github.ebikecharge.api.wire.WireJson;
import io.github.ebikecharge.mock.model.ChargingToken;
import io.github.ebikecharge.mock.model.Contract;
import io.github.ebikecharge.mock.model.MockConfiguration;
import io.github.ebikecharge.mock.model.UserNotice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a world remembers at one moment.
 *
 * @param tokens oldest first
 * @param notices oldest first
 * @param noticeCount how many were ever sent
 * @param settings the configuration that was set last; null if none was
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
