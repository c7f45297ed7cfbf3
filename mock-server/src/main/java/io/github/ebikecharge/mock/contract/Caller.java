package io.github.ebikecharge.mock.contract;

/**
 * Who signed a request.
 *
 * @param mchid merchant number (商户号)
 */
public record Caller(String mchid) {}
