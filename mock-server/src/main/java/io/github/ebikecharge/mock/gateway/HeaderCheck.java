package io.github.ebikecharge.mock.gateway;

/** The gateway wants to know who calls and what they read, before it authenticates anybody. */
final class HeaderCheck {
    private HeaderCheck() {}

    static void check(GatewayRequest request) throws Refusal {
        String userAgent = request.header("User-Agent");
        String accept = request.header("Accept");
        if (userAgent == null || userAgent.isBlank() || accept == null || accept.isBlank()) {
            throw Refusal.missingUserAgentOrAccept();
        }
    }
}
