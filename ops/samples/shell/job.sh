#!/bin/sh
# Runs a job by RabbitMQ's management API, with nothing but curl: job.sh OPERATION < JOB.json
# Prints the ending. For trying things out: the API is no way to send many.
set -eu
operation=$1
api=${RABBITMQ_MANAGEMENT:-http://guest:guest@localhost:15672}/api
prefix=${OPENAI_WORKER_PREFIX:-openai}
replies=$prefix.replies.shell-$$

call() { curl --silent --show-error --fail --header 'Content-Type: application/json' --request "$1" "$api/$2" --data "$3"; }

call PUT "queues/%2f/$replies" '{"durable": true, "arguments": {"x-expires": 3600000}}'
trap 'call DELETE "queues/%2f/$replies" ""' EXIT

# Base64 saves quoting JSON within JSON.
sent=$(call POST "exchanges/%2f/$prefix.jobs/publish" '{
  "routing_key": "'"$operation"'",
  "payload": "'"$(base64 | tr -d '\n')"'", "payload_encoding": "base64",
  "properties": {"content_type": "application/json", "delivery_mode": 2, "reply_to": "'"$replies"'"}}')
[ "$sent" = '{"routed":true}' ] || { echo "$prefix.jobs leads nowhere: no worker has ever started." >&2; exit 1; }

while :; do
  got=$(call POST "queues/%2f/$replies/get" '{"count": 1, "ackmode": "ack_requeue_false", "encoding": "base64"}')
  case $got in
    '[]') sleep 1 ;;
    *'"openai-worker-event":"delayed"'*) echo "It waits." >&2 ;;
    *) break ;;
  esac
done
echo "$got" | sed 's/.*"payload":"\([^"]*\)".*/\1/' | base64 -d
echo
case $got in *'"openai-worker-event":"failed"'*) exit 1 ;; esac
