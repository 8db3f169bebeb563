#!/usr/bin/env bash
# Makes keys.ldif: an entry with keys of every kind that ssh-keygen makes without an authenticator.
# The private halves are thrown away.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

{
    echo "version: 1"
    echo
    echo "dn: uid=user1,ou=People,dc=example,dc=com"
    echo "objectClass: ldapPublicKey"
    echo "uid: user1"
    for kind in ed25519:256 ecdsa:256 ecdsa:384 ecdsa:521 rsa:1024 rsa:1025 rsa:2048 rsa:3072 rsa:4096; do
        ssh-keygen -q -t "${kind%:*}" -b "${kind#*:}" -N '' -C "user1 ${kind/:/ }" -f "$scratch/$kind"
        line="sshPublicKey: $(cat "$scratch/$kind.pub")"
        # As ldapsearch wraps: 78 columns, then 77 behind the space of a continuation.
        echo "${line:0:78}"
        fold -w 77 <<<"${line:78}" | sed '/^$/d; s/^/ /'
    done
    # With its line feed, as people paste them, and therefore in base64.
    echo "sshPublicKey:: $(base64 -w 0 "$scratch/ed25519:256.pub")"
    echo "sshPublicKey: pty,environment=\"A=b c\" $(cat "$scratch/ecdsa:256.pub")"
    echo "sshPublicKey: no-touch-required $(cut -d ' ' -f 1,2 "$scratch/ed25519:256.pub")"
} >keys.ldif
