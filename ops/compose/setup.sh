#!/bin/sh
# Runs before the others: makes up the broker's password and the web's token once, and writes the worker's settings. With the demo's profile it runs a second
# time, with the address of the emulator.
set -eu
umask 077

password=/secrets/broker-password
if [ ! -s "$password" ]; then
  if [ -n "${RABBITMQ_PASSWORD:-}" ]; then printf %s "$RABBITMQ_PASSWORD"; else head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; fi >"$password"
fi

token=/secrets/web-token
if [ ! -s "$token" ]; then
  if [ -n "${WEB_TOKEN:-}" ]; then printf %s "$WEB_TOKEN"; else printf owt_; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; fi >"$token"
fi
hash=$(sha256sum <"$token" | cut -d ' ' -f 1)

cat >/rabbitmq/90-user.conf <<CONF
default_user = worker
default_pass = $(cat "$password")
CONF
# Only the broker's user reads it, whatever number that has in its image.
chown rabbitmq /rabbitmq/90-user.conf

credential=
if [ -n "${DEMO_BASE_URL:-}" ]; then credential=", \"OpenAI\": { \"Credentials\": { \"default\": { \"BaseUrl\": \"$DEMO_BASE_URL\", \"ApiKey\": \"demo\" } } }"; fi
cat >/settings/appsettings.json <<JSON
{ "Broker": { "Uri": "amqp://worker:$(cat "$password")@rabbitmq:5672/" }$credential,
  "Web": { "Tokens": { "compose": { "Hash": "sha256:$hash", "Roles": "send,read,operate" } } } }
JSON
chown 1654 /settings /settings/appsettings.json
