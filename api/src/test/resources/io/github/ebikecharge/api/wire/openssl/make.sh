#!/bin/sh
# Makes the files of this directory with OpenSSL 3. The keys are for tests alone and protect nothing.
#
# A second run makes other keys: then the two signatures printed at the end, and the public key, belong into
# ../vectors/openssl.json, and the tests name the new serial numbers.
set -eu
cd "$(dirname "$0")"

# One RSA key in the four forms a PEM file may have.
openssl genrsa -traditional -out key-pkcs1.pem 2048
openssl pkcs8 -topk8 -nocrypt -in key-pkcs1.pem -out key-pkcs8.pem
openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:1230000109 -in key-pkcs1.pem -out key-encrypted.pem
openssl rsa -in key-pkcs1.pem -pubout -out public-key.pem

# The merchant's certificate: its common name is the merchant number.
openssl req -x509 -new -sha256 -days 36500 -key key-pkcs8.pem \
    -set_serial 0x5E3A7C9142D8B06F1A2B3C4D5E6F708192A3B4C5 \
    -subj '/C=CN/O=WeChat Pay merchant/OU=Tests/CN=1230000109' -out merchant.pem

# A serial number whose first byte is above 0x7F, so that DER puts a zero byte before it. A key of its own, not kept.
openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -sha256 -days 36500 \
    -set_serial 0xF0E1D2C3B4A5968778695A4B3C2D1E0F01020304 \
    -subj '/C=CN/O=Tenpay.com/OU=Tenpay.com CA Center/CN=Tenpay.com sign' -out high-serial.pem

# A serial number whose first digit is zero, and a subject without common name.
openssl req -x509 -new -sha256 -days 36500 -key key-pkcs8.pem \
    -set_serial 0x0A1B2C3D4E5F60718293A4B5C6D7E8F901020304 \
    -subj '/C=CN/O=WeChat Pay merchant' -out low-serial.pem

# apiclient_cert.p12, its password the merchant number: with the default encryption of OpenSSL 3, and with
# RC2-40 for the certificate and 3DES for the key, as the certificate tool of WeChat Pay writes it.
openssl pkcs12 -export -inkey key-pkcs8.pem -in merchant.pem -name 'Tenpay Certificate' \
    -passout pass:1230000109 -out merchant.p12
openssl pkcs12 -export -legacy -inkey key-pkcs8.pem -in merchant.pem -name 'Tenpay Certificate' \
    -passout pass:1230000109 -out merchant-legacy.p12
openssl pkcs12 -export -nokeys -in merchant.pem -passout pass:1230000109 -out no-key.p12

# The same without a check sum over it, so that changed bytes are looked at, too.
openssl pkcs12 -export -nomac -iter 1 -certpbe NONE -keypbe PBE-SHA1-3DES -inkey key-pkcs8.pem -in merchant.pem \
    -passout pass:1230000109 -out merchant-unchecked.p12

# The merchant's key and certificate for SM2 (国密).
openssl genpkey -algorithm SM2 -out sm2-key.pem
openssl req -x509 -new -sm3 -sigopt distid:1234567812345678 -days 36500 -key sm2-key.pem \
    -set_serial 0x6A1F0C3D5B7E92846A1F0C3D5B7E92846A1F0C3D \
    -subj '/C=CN/O=WeChat Pay merchant/OU=Tests/CN=1230000109' -out sm2-merchant.pem
openssl pkcs12 -export -inkey sm2-key.pem -in sm2-merchant.pem -name 'Tenpay Certificate' \
    -passout pass:1230000109 -out sm2-merchant.p12

# What ../vectors/openssl.json holds.
echo 'public_key:'
openssl pkey -pubin -in public-key.pem -outform DER | openssl base64 -A && echo
echo 'openssl-request:'
printf '%s\n%s\n%s\n%s\n%s\n' POST \
    '/v3/ebike/charge/contracts/contract-ok/confirm?x=%E5%85%85' 1714000000 0123456789abcdef0123456789abcdef \
    '{"charging_station_name":"xxx充电站"}' |
    openssl dgst -sha256 -sign key-pkcs8.pem | openssl base64 -A && echo
echo 'openssl-response:'
printf '%s\n%s\n%s\n' 1714000000 0123456789abcdef0123456789abcdef '' |
    openssl dgst -sha256 -sign key-pkcs8.pem | openssl base64 -A && echo
