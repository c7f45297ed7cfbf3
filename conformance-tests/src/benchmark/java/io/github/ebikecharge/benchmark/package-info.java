/**
 * Benchmarks of mock and client, beside what bounds them (OpenSSL) and their peers (WireMock, the official SDK), as ratios. What
 * each measures stands in {@code conformance-tests/BENCHMARKS.md}.
 */
@NullMarked
package io.github.ebikecharge.benchmark;

import org.jspecify.annotations.NullMarked;
