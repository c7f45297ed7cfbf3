/** Metrics and tracing of calls with Micrometer, for applications that have it; the client works without. */
@NullMarked
package io.github.ebikecharge.client.observation;

import org.jspecify.annotations.NullMarked;
