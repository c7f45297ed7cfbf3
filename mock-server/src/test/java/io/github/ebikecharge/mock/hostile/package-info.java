/** Requests that nobody should send, and what becomes of a mock that gets them. */
@NullMarked
package io.github.ebikecharge.mock.hostile;

import org.jspecify.annotations.NullMarked;
