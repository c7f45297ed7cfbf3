/**
 * What goes over the wire around the JSON bodies of WeChat Pay API v3: the messages that are signed, the headers that
 * carry the signatures, the keys, and the encrypted platform certificates. Shared by client and mock.
 */
@NullMarked
package io.github.ebikecharge.api.wire;

import org.jspecify.annotations.NullMarked;
