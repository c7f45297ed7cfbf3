/** What the e-bike charging service behind the gateway does: contracts and deduction tokens. */
@NullMarked
package io.github.ebikecharge.mock.charge;

import org.jspecify.annotations.NullMarked;
