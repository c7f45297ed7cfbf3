/** Where a mock keeps what must outlive it, or what it shares with other mocks. */
@NullMarked
package io.github.ebikecharge.mock.store;

import org.jspecify.annotations.NullMarked;
