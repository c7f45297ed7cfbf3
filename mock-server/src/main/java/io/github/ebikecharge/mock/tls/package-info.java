/** HTTPS under the names of WeChat Pay's hosts, with certificates of a local certificate authority. */
@NullMarked
package io.github.ebikecharge.mock.tls;

import org.jspecify.annotations.NullMarked;
