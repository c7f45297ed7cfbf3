/** Signs the bytes that leave and verifies the bytes that return. For the generated operations, not for callers. */
@NullMarked
package io.github.ebikecharge.client.transport;

import org.jspecify.annotations.NullMarked;
