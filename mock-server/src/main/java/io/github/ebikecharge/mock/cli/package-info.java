/** The command line of the runnable jar. */
@NullMarked
package io.github.ebikecharge.mock.cli;

import org.jspecify.annotations.NullMarked;
