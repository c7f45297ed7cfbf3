/** What a person or a test does to the mock: the control API. */
@NullMarked
package io.github.ebikecharge.mock.control;

import org.jspecify.annotations.NullMarked;
