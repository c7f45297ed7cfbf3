/**
 * The client of the confirm call: {@link io.github.ebikecharge.client.EbikeChargeClient} is the way in. It signs what
 * leaves, and returns nothing whose signature it has not verified.
 */
@NullMarked
package io.github.ebikecharge.client;

import org.jspecify.annotations.NullMarked;
