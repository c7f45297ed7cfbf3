package io.github.ebikecharge.conformance.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens on the loopback address until it is closed, and serves each connection on a thread of its own. */
final class Acceptor implements AutoCloseable {
    private final ServerSocket socket;
    private final String name;
    private final Consumer<Socket> serve;
    private volatile @Nullable Thread listening;

    /**
     * @param port where to listen; 0 for any that is free
     * @param name of its threads
     * @throws IOException if the port is taken
     * @throws IllegalArgumentException if it is no port
     */
    Acceptor(int port, String name, Consumer<Socket> serve) throws IOException {
        this.socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.name = name;
        this.serve = serve;
    }

    /** Begins to serve: apart from the constructor, for what serves may ask for {@link #url}. */
    void start() {
        listening = inBackground(this::listen);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread unused = inBackground(() -> serve.accept(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private Thread inBackground(Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Takes no connection any more: until whoever waits for one has gone, the port would take another. */
    @Override
    public void close() throws IOException {
        socket.close();
        Thread last = listening;
        if (last != null) {
            try {
                last.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
