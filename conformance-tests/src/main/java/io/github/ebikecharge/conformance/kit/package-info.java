/**
 * The conformance kit: holds any server to the protocol, over HTTP alone, and reports what deviates.
 *
 * <p>A {@link io.github.ebikecharge.conformance.kit.Check} is one rule of the protocol with its source. It gets a
 * {@link io.github.ebikecharge.conformance.kit.Trial}, sends requests through it, and says what it expects of the answers.
 * {@link io.github.ebikecharge.conformance.kit.ConformanceKit} runs them all.
 *
 * <p>The other way round, {@link io.github.ebikecharge.conformance.kit.HostileGateway} holds any client to it: each {@link
 * io.github.ebikecharge.conformance.kit.ClientCase} is one answer, and what a client has to make of it.
 */
@NullMarked
package io.github.ebikecharge.conformance.kit;

import org.jspecify.annotations.NullMarked;
