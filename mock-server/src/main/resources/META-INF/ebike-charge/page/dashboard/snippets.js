// The confirm call in the languages of those who make it, with this mock's address and keys, and a check of their signatures.
import { CONTRACT, EXAMPLE, SIGNATURE } from './example.js';
import { t } from './words.js';

const { body, message, target } = EXAMPLE;
const request = JSON.parse(body);
const charge = request.charge_info;

const helper = ({ gateway }) => `java -jar ebike-charge-mock-server.jar sign --curl --base-url ${gateway} \\
  ${target} --body '${body}' | sh
`;

const curl = ({ gateway, control, token }) => `body='${body}'
target=${target}
authorization=$(printf '{"target":"%s","body":"%s"}' "$target" "$(printf %s "$body" | sed 's/"/\\\\"/g')" |
  curl -s -d @- ${token ? '-H "Authorization: Bearer $MOCK_TOKEN" ' : ''}${control}/_mock/sign |
  sed 's/^{"authorization":"//; s/"}$//; s/\\\\"/"/g')
curl -s -d "$body" -H "Authorization: $authorization" -H "Accept: application/json" \\
  -H "Content-Type: application/json" "${gateway}$target"
`;

const node = ({ gateway, control, token }) => `const target = "${target}";
const body = JSON.stringify(${JSON.stringify(request, null, 2)});
const signed = await fetch("${control}/_mock/sign", {
  method: "POST",${token ? '\n  headers: { Authorization: `Bearer ${process.env.MOCK_TOKEN}` },' : ''}
  body: JSON.stringify({ target, body }),
});
const { authorization } = await signed.json();
const answer = await fetch("${gateway}" + target, {
  method: "POST",
  headers: { Accept: "application/json", Authorization: authorization, "Content-Type": "application/json" },
  body,
});
console.log(await answer.text());
`;

const python = ({ gateway, control, token }) => `import json, os, urllib.request

target = "${target}"
body = json.dumps(${JSON.stringify(request, null, 4)})
wish = json.dumps({"target": target, "body": body}).encode()
ask = urllib.request.Request("${control}/_mock/sign", wish${token ? ', {"Authorization": "Bearer " + os.environ["MOCK_TOKEN"]}' : ''})
authorization = json.load(urllib.request.urlopen(ask))["authorization"]
request = urllib.request.Request("${gateway}" + target, body.encode(), {
    "Accept": "application/json",
    "Authorization": authorization,
    "Content-Type": "application/json",
})
print(urllib.request.urlopen(request).read().decode())
`;

const java = ({ gateway, credentials }) => `// io.github.ebikecharge:ebike-charge-client
var client = EbikeChargeClient.builder()
        .baseUrl(URI.create("${gateway}"))
        .merchant(MerchantCredentials.fromPem(
                Files.readString(Path.of("credentials/apiclient_key.pem")),
                Files.readString(Path.of("credentials/apiclient_cert.pem"))))
        .platformTrust(PlatformTrust.publicKey(
                "${credentials.platform_public_key_id}",
                Pem.readPublicKey(Files.readString(Path.of("credentials/pub_key.pem")))))
        .build();
String token = client.confirmCharge("${CONTRACT}", ConfirmChargeRequest.builder()
                .subMchid("${request.sub_mchid}")
                .appid("${request.appid}")
                .subAppid("${request.sub_appid}")
                .chargeInfo(ChargeInfo.builder()
                        .startTime(OffsetDateTime.parse("${charge.start_time}"))
                        .chargingStationName("${charge.charging_station_name}")
                        .chargingGunNumber("${charge.charging_gun_number}")
                        .deviceId("${charge.device_id}")
                        .build())
                .build())
        .chargingToken();
`;

const php = ({ gateway, credentials }) => `<?php // composer require wechatpay/wechatpay
use WeChatPay\\Builder;
use WeChatPay\\Crypto\\Rsa;

$wechatPay = Builder::factory([
    'base_uri' => '${gateway}/',
    'mchid' => '${credentials.mchid}',
    'serial' => '${credentials.merchant_serial_no}',
    'privateKey' => Rsa::from('file://credentials/apiclient_key.pem', Rsa::KEY_TYPE_PRIVATE),
    'certs' => [
        '${credentials.platform_public_key_id}' => Rsa::from('file://credentials/pub_key.pem', Rsa::KEY_TYPE_PUBLIC),
    ],
]);
$answer = $wechatPay->chain('v3/ebike/charge/contracts/{contract_id}/confirm')->post([
    'contract_id' => '${CONTRACT}',
    'headers' => ['Wechatpay-Serial' => '${credentials.platform_public_key_id}'],
    'json' => json_decode('${body}', true),
]);
echo $answer->getBody();
`;

const go = ({ gateway, control, token }) => `package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"${token ? '\n\t"os"' : ''}
)

func post(url, authorization string, body []byte) []byte {
	request, _ := http.NewRequest("POST", url, bytes.NewReader(body))
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Authorization", authorization)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	content, _ := io.ReadAll(answer.Body)
	return content
}

func main() {
	target := "${target}"
	body := []byte(\`${body}\`)
	wish, _ := json.Marshal(map[string]string{"target": target, "body": string(body)})
	var signed struct{ Authorization string }
	json.Unmarshal(post("${control}/_mock/sign", ${token ? '"Bearer "+os.Getenv("MOCK_TOKEN")' : '""'}, wish), &signed)
	fmt.Println(string(post("${gateway}"+target, signed.Authorization, body)))
}
`;

const signer = () => `signature='${SIGNATURE}'
openssl dgst -sha256 -sign credentials/apiclient_key.pem <<'EOF' | openssl base64 -A | grep -qxF "$signature" && echo same || echo differs
${message}EOF
`;

export const SNIPPETS = {
  curl: { title: 'curl', hint: 'signed', text: curl },
  helper: { title: 'curl + sign', hint: 'helper', text: helper },
  node: { title: 'Node', hint: 'signed', text: node },
  python: { title: 'Python', hint: 'signed', text: python },
  go: { title: 'Go', hint: 'untried', text: go },
  java: { title: 'Java', hint: 'sdk', text: java },
  php: { title: 'PHP', hint: 'untriedSdk', text: php },
  signer: { get title() { return t('checkSigner'); }, hint: 'signer', text: signer },
};
