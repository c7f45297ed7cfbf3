package io.github.ebikecharge.conformance.kit;

/** Where rules stand: official pages, official SDKs, and answers of production that somebody has published. */
final class Sources {
    private static final String DOC = "https://pay.weixin.qq.com/doc/v3/merchant/";
    private static final String COMMUNITY = "https://developers.weixin.qq.com/community/";
    private static final String GITHUB = "https://github.com/";

    /** 签名: what is signed, of requests and of answers. */
    static final String SIGNED_ANSWERS =
            "https://pay.weixin.qq.com/wiki/doc/apiv3_partner/wechatpay/wechatpay3_3.shtml";

    /** 如何构造请求的签名. */
    static final String SIGNING = DOC + "4012365342";

    /** 如何构造请求URL带参数的签名: the query. */
    static final String SIGNED_QUERY = DOC + "4012365337";

    /** The header Authorization. */
    static final String AUTHORIZATION = DOC + "4012365344";

    /** 基本规则: headers, JSON, characters, dates. */
    static final String BASIC_RULES = DOC + "4012081709";

    /** HTTP状态码. */
    static final String STATUSES = DOC + "4012081717";

    /** Why a request is answered with 401. */
    static final String REFUSED_SIGNATURES = DOC + "4012072670";

    /** 如何使用平台证书验签. */
    static final String VERIFYING = DOC + "4013053420";

    /** 签名探测流量: answers that are wrongly signed on purpose. */
    static final String PROBING = DOC + "4013053249";

    /** From platform certificates to the public key. */
    static final String SWITCHING = DOC + "4012154180";

    /** 平台证书: its download and its rotation. */
    static final String PLATFORM_CERTIFICATES = DOC + "4012068829";

    /** 微信支付公钥介绍. */
    static final String PUBLIC_KEY = DOC + "4012153196";

    /** An answer to the download of the certificates, head and body. */
    static final String SUCCESS_AS_SEEN = "https://wechatpay.im/guide/getting-started";

    /** A refused Authorization, head and body. */
    static final String SIGN_ERROR_AS_SEEN = COMMUNITY + "develop/doc/000a66326d0b488e6263c9f2e6b000";

    /** What the server verified, shown in its answer; the nonce of that request is short. */
    static final String SIGN_INFORMATION_AS_SEEN = COMMUNITY + "pay/doc/00020406800750ac57a10136b66800";

    /** A serial number that is unknown. */
    static final String SERIAL_AS_SEEN = COMMUNITY + "pay/doc/000a681840cd10c0d15125c7667800";

    /** A required field that is missing. */
    static final String REQUIRED_AS_SEEN = COMMUNITY + "develop/doc/000c628e594a504309e3a5f4e65400";

    /** A field of another type. */
    static final String TYPE_AS_SEEN = GITHUB + "TheNorthMemory/wechatpay-axios-plugin/issues/38";

    /** A field that the API does not document, head and body. */
    static final String UNKNOWN_FIELD_AS_SEEN = COMMUNITY + "pay/doc/000242f1b642687c25a3a677166c00";

    /** A parameter of the path in the body. */
    static final String REPEATED_FIELD_AS_SEEN = COMMUNITY + "pay/doc/0002cae65e843840bf8bafa975ec00";

    /** A parameter that is told before the signature is. */
    static final String ORDER_AS_SEEN = COMMUNITY + "pay/doc/00082294facad81aae8def24151000";

    /** A request without the headers that it has to have. */
    static final String NO_USER_AGENT_AS_SEEN = GITHUB + "wechatpay-apiv3/wechatpay-apache-httpclient/issues/23";

    static final String JAVA_SDK = GITHUB + "wechatpay-apiv3/wechatpay-java";
    static final String APACHE_SDK = GITHUB + "wechatpay-apiv3/wechatpay-apache-httpclient";
    static final String GO_SDK = GITHUB + "wechatpay-apiv3/wechatpay-go";
    static final String PHP_SDK = GITHUB + "wechatpay-apiv3/wechatpay-php";
    static final String PYTHON_SDK = GITHUB + "minibear2021/wechatpayv3";

    /** What is said to coding assistants, of Request-ID among others. */
    static final String TROUBLESHOOTING = GITHUB + "wechatpay-apiv3/wechatpay-skills";

    private static final String CONTRACT = "ebike-charge.yaml, ";

    private Sources() {}

    /**
     * What a reader can open: an address, or a file of this repository and what to look for in it.
     *
     * @param source such a one already; or a schema of the contract, a section of an RFC
     */
    static String of(String source) {
        if (source.startsWith(CONTRACT)) {
            return "api/src/main/openapi/" + source;
        }
        return source.replaceFirst("^RFC ([0-9]+) §([0-9.]+)$", "https://www.rfc-editor.org/rfc/rfc$1#section-$2");
    }
}
