#!/bin/sh
# Draws the secrets of compose.yaml into deploy/secrets, once: what is there is left as it is.
# The folder is closed to others; the files in it are not, since the users inside the containers read them.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
cd secrets
draw() {
    [ -s "$1" ] || python3 -c 'import secrets; print(secrets.token_hex(32), end="")' >"$1"
}
draw secret_key
draw postgres_password
draw database_password
[ -s database_url ] || printf 'postgresql://malrett:%s@database/malrett' "$(cat database_password)" >database_url
chmod 444 secret_key postgres_password database_password database_url
