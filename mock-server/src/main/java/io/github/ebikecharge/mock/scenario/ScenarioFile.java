package io.github.ebikecharge.mock.scenario;

import io.github.ebikecharge.mock.model.ScenarioError;
import io.github.ebikecharge.mock.model.ScenarioList;
import io.github.ebikecharge.mock.scenario.ScenarioYaml.InvalidScenariosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A YAML file of scenarios, read at once and, while it is watched, whenever its bytes change. A broken one leaves those in force that were, and says
 * line and reason in the log and in the status.
 */
public final class ScenarioFile implements AutoCloseable {
    /** The bytes are compared, so that edits are seen on any file system, whatever it says of times. */
    private static final int LOOK_EVERY_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ScenarioFile.class);

    private final Path file;
    private final Scenarios scenarios;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mock-scenarios");
        thread.setDaemon(true);
        return thread;
    });
    private byte[] seen = new byte[0];
    private boolean readable = true;

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if the file cannot be read or is broken, saying line and reason
     */
    public ScenarioFile(Path file, Scenarios scenarios) {
        this.file = file;
        this.scenarios = scenarios;
        try {
            seen = Files.readAllBytes(file);
            load(seen);
        } catch (IOException e) {
            throw new IllegalArgumentException("There is no readable file " + file, e);
        } catch (InvalidScenariosException e) {
            throw new IllegalArgumentException("%s, %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Watches the file from now on. */
    public void watch() {
        Future<?> unused = // goes on until the end
                watch.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Reads scenarios that stand in no file.
     *
     * @throws IllegalArgumentException if they are broken, saying line and reason
     */
    public static ScenarioList parse(byte[] yaml) {
        try {
            return ScenarioYaml.read(yaml);
        } catch (InvalidScenariosException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private void load(byte[] yaml) throws InvalidScenariosException {
        ScenarioList list = ScenarioYaml.read(yaml);
        try {
            scenarios.read(file.toString(), list);
        } catch (IllegalArgumentException e) {
            throw ScenarioYaml.invalid(yaml, String.valueOf(e.getMessage()));
        }
        LOG.info("Scenarios from {}: {}", file, list.scenarios().size());
    }

    private void look() {
        try {
            byte[] now = Files.readAllBytes(file);
            if (!readable || !Arrays.equals(now, seen)) {
                readable = true;
                seen = now;
                load(now);
            }
        } catch (InvalidScenariosException e) {
            fail(e.error(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (readable) {
                readable = false;
                fail(ScenarioError.builder().message("cannot read the file").build(), "cannot read the file");
            }
        } catch (RuntimeException e) {
            LOG.error("Cannot watch {}", file, e); // and look again
        }
    }

    private void fail(ScenarioError error, String reason) {
        LOG.warn("{}, {}; the scenarios before this edit stay in force", file, reason);
        scenarios.failed(file.toString(), error);
    }

    /** Watches no longer; the scenarios stay in force. */
    @Override
    public void close() {
        watch.shutdownNow();
    }
}
