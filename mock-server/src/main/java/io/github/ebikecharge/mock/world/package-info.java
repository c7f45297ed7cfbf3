/**
 * The small world behind the gateway: contracts, charging tokens, user notices, the clock they go by, and the events
 * that tell of every change.
 */
@NullMarked
package io.github.ebikecharge.mock.world;

import org.jspecify.annotations.NullMarked;
