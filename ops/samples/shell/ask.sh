#!/usr/bin/env bash
# Sends a job and waits for its answer, with nothing but curl and RabbitMQ's management plugin: ./ask.sh "How do tides work?"
# MANAGEMENT_URL names the broker, VHOST, PREFIX and MODEL what the worker has. With the worker's own program at hand there is less to write:
#   worker send message-model --model gpt-5-mini "How do tides work?" --wait
set -euo pipefail

api=${MANAGEMENT_URL:-http://guest:guest@localhost:15672}/api
vhost=${VHOST:-%2F} prefix=${PREFIX:-openai} model=${MODEL:-gpt-5-mini}
question=${1:?what to ask} replies=ask-$$-$RANDOM

# What a JSON string holds, with its quotes and backslashes escaped. Lines become spaces.
quoted() { printf '%s' "$1" | tr '\n' ' ' | sed 's/[\\"]/\\&/g'; }
call() { curl --fail --silent --show-error --request "$1" --header 'content-type: application/json' --data "$3" "$api/$2"; }

call PUT "queues/$vhost/$replies" '{"durable":true,"arguments":{"x-expires":600000}}'

job="{\"model\":\"$(quoted "$model")\",\"messages\":[{\"text\":\"$(quoted "$question")\"}]}"
sent=$(call POST "exchanges/$vhost/$prefix.jobs/publish" "{\"routing_key\":\"message-model\",\"payload_encoding\":\"string\",\"payload\":\"$(quoted "$job")\",
  \"properties\":{\"delivery_mode\":2,\"content_type\":\"application/json\",\"reply_to\":\"$replies\"}}")
case $sent in *'"routed":true'*) ;; *) echo "No worker has declared $prefix.jobs: $sent" >&2; exit 1 ;; esac

# The management API has no subscription; it is asked once a second. An event that says "delayed" is no ending.
for _ in $(seq "${PATIENCE:-120}"); do
  event=$(call POST "queues/$vhost/$replies/get" '{"count":1,"ackmode":"ack_requeue_false","encoding":"auto"}')
  case $event in
    *'"openai-worker-event":"completed"'*) echo "$event"; exit 0 ;;
    *'"openai-worker-event":"failed"'*) echo "$event"; exit 1 ;;
  esac
  sleep 1
done
echo "No ending after ${PATIENCE:-120} s; the job goes on, and its ending will be in $replies for 10 minutes." >&2
exit 1
