/** What the OpenAPI documents say of each operation, in the form that the generated stubs fill in. */
@NullMarked
package io.github.ebikecharge.mock.contract;

import org.jspecify.annotations.NullMarked;
