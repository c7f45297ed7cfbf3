/** The demo merchant, its contract and every demo key: fixed, public, the same in every copy of the mock. */
@NullMarked
package io.github.ebikecharge.mock.demo;

import org.jspecify.annotations.NullMarked;
