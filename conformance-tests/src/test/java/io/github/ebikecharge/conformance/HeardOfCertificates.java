package io.github.ebikecharge.conformance;

import io.github.ebikecharge.client.ClientCall;
import io.github.ebikecharge.client.ClientListener;
import io.github.ebikecharge.client.Exchange;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** The calls, and what came of the downloads. */
final class HeardOfCertificates implements ClientListener {
    final List<String> operations = new CopyOnWriteArrayList<>();
    final List<Exchange> confirms = new CopyOnWriteArrayList<>();
    final BlockingQueue<List<X509Certificate>> downloads = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> failedDownloads = new LinkedBlockingQueue<>();

    @Override
    public void started(ClientCall call) {
        operations.add(call.operation());
    }

    @Override
    public void exchanged(ClientCall call, Exchange exchange) {
        if (call.operation().equals("confirmCharge")) {
            confirms.add(exchange);
        }
    }

    @Override
    public void platformCertificatesDownloaded(List<X509Certificate> certificates) {
        downloads.add(certificates);
    }

    @Override
    public void platformCertificatesNotDownloaded(Throwable failure) {
        failedDownloads.add(failure);
    }
}
