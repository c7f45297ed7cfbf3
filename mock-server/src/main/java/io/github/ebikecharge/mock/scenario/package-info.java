/** What happens to calls, step by step: scenarios, and the file they are written in. */
@NullMarked
package io.github.ebikecharge.mock.scenario;

import org.jspecify.annotations.NullMarked;
