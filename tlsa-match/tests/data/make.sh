#!/usr/bin/env bash
# Makes the certificates anew, with openssl: tests/data/make.sh. Keys are thrown away, so every run
# makes others; digests.txt has openssl's own digests of them.
#
#   leaf-rsa, leaf-rsapss, leaf-p256, leaf-p384, leaf-ed25519   issued by root-p256
#   root-p256, root-rsa-v1                                      self-signed, the latter of version 1
#   leaf-p256.csr.der                                           the request for leaf-p256
#   NAME.spki.der                                               the key, as openssl extracts it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
readonly RSA=(-algorithm RSA -pkeyopt rsa_keygen_bits:2048)
readonly PSS=(-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256
    -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32)

key() { openssl genpkey -quiet "${@:2}" -out "$keys/$1.key" 2>/dev/null; }
request() { openssl req -new -key "$keys/$1.key" -subj "/CN=$2" "${@:3}" -out "$keys/$1.csr"; }

key root-p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
openssl req -x509 -new -key "$keys/root-p256.key" -subj "/O=Example/CN=Root" -days 7300 \
    -out "$keys/root-p256.pem"

issue() {
    request "$1" mail.example.com -addext subjectAltName=DNS:mail.example.com
    openssl x509 -req -in "$keys/$1.csr" -CA "$keys/root-p256.pem" -CAkey "$keys/root-p256.key" \
        -copy_extensions copy -days 7300 -out "$keys/$1.pem" 2>/dev/null
}
key leaf-rsa "${RSA[@]}" && issue leaf-rsa
key leaf-rsapss "${PSS[@]}" && issue leaf-rsapss
key leaf-p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256 && issue leaf-p256
key leaf-p384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384 && issue leaf-p384
key leaf-ed25519 -algorithm ED25519 && issue leaf-ed25519

# Without extensions `openssl x509 -req` makes version 1.
key root-rsa-v1 "${RSA[@]}" && request root-rsa-v1 old.example.com
openssl x509 -req -in "$keys/root-rsa-v1.csr" -signkey "$keys/root-rsa-v1.key" -days 7300 \
    -out "$keys/root-rsa-v1.pem" 2>/dev/null

openssl req -in "$keys/leaf-p256.csr" -outform DER -out leaf-p256.csr.der
: >digests.txt
for pem in "$keys"/*.pem; do
    name=$(basename "$pem" .pem)
    openssl x509 -in "$pem" -outform DER -out "$name.der"
    openssl x509 -in "$pem" -noout -pubkey | openssl pkey -pubin -outform DER -out "$name.spki.der"
    for file in "$name.der" "$name.spki.der"; do
        for digest in sha256 sha512; do
            echo "$file $digest $(openssl dgst -$digest -r "$file" | cut -d' ' -f1)" >>digests.txt
        done
    done
done
