/** What WeChat Pay's gateway does: the checks in their order, the error catalogue, the platform keys, and the signing of answers. */
@NullMarked
package io.github.ebikecharge.mock.gateway;

import org.jspecify.annotations.NullMarked;
