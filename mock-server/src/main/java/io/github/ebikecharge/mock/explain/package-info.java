/**
 * Why a request's signature failed, which the gateway never says. A signature of RSASSA-PKCS1-v1_5 gives back the digest
 * that was signed; so the messages that callers sign by mistake are tried until one has that digest.
 */
@NullMarked
package io.github.ebikecharge.mock.explain;

import org.jspecify.annotations.NullMarked;
