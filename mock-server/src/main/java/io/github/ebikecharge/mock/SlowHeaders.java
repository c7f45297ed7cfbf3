package io.github.ebikecharge.mock;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which a request line and headers take too long, even if they never pause for as long as a connection
 * may idle. To be added to a connector, which tells it of its connections.
 */
final class SlowHeaders extends AbstractLifeCycle implements Connection.Listener {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Duration patience;
    private final Scheduler scheduler;
    private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();

    /**
     * @param patience how long headers may take, to a second
     * @param scheduler looks after it every second
     */
    SlowHeaders(Duration patience, Scheduler scheduler) {
        this.patience = patience;
        this.scheduler = scheduler;
    }

    /** How far a connection was when it was looked at. */
    private static final class Progress {
        private long requests;
        private long bytes;
        private long unchangedSince = System.nanoTime();
    }

    @Override
    protected void doStart() {
        scheduleNext();
    }

    private void scheduleNext() {
        scheduler.schedule(
                () -> {
                    if (isRunning()) {
                        sweep(System.nanoTime());
                        scheduleNext();
                    }
                },
                PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, new Progress());
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /** @param now as {@link System#nanoTime} */
    void sweep(long now) {
        connections.forEach((connection, progress) -> {
            long requests = connection.getMessagesIn();
            long bytes = connection.getBytesIn(); // once, as more may come meanwhile
            boolean isUnderWay = requests > connection.getMessagesOut();
            if (isUnderWay || requests != progress.requests || bytes == progress.bytes) {
                progress.requests = requests;
                progress.bytes = bytes;
                progress.unchangedSince = now;
            } else if (now - progress.unchangedSince > patience.toNanos()) {
                connection.getEndPoint().close(new TimeoutException("The headers did not come in time"));
            }
        });
    }
}
