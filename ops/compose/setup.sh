#!/bin/sh
# Runs before the others: makes up the broker's password once, and writes the worker's settings. With the demo's profile it runs a second
# time, with the address of the emulator.
set -eu
umask 077

password=/secrets/broker-password
if [ ! -s "$password" ]; then
  if [ -n "${RABBITMQ_PASSWORD:-}" ]; then printf %s "$RABBITMQ_PASSWORD"; else head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; fi >"$password"
fi

cat >/rabbitmq/90-user.conf <<CONF
default_user = worker
default_pass = $(cat "$password")
CONF
# Only the broker's user reads it, whatever number that has in its image.
chown rabbitmq /rabbitmq/90-user.conf

credential=
if [ -n "${DEMO_BASE_URL:-}" ]; then credential=", \"OpenAI\": { \"Credentials\": { \"default\": { \"BaseUrl\": \"$DEMO_BASE_URL\", \"ApiKey\": \"demo\" } } }"; fi
cat >/settings/appsettings.json <<JSON
{ "Broker": { "Uri": "amqp://worker:$(cat "$password")@rabbitmq:5672/" }$credential }
JSON
chown 1654 /settings /settings/appsettings.json
