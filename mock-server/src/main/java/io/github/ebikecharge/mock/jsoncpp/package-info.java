/** The JSON parser behind WeChat Pay's gateway, JsonCpp, as far as its error texts show: what it refuses, in its words. */
@NullMarked
package io.github.ebikecharge.mock.jsoncpp;

import org.jspecify.annotations.NullMarked;
