#!/usr/bin/env bash
# Sends jobs over HTTP and reads what became of them, with nothing but curl: ./door.sh "How do tides work?"
# WEB_URL names the worker's web (Web:Port), WEB_TOKEN a token where it wants one, MODEL the model.
set -euo pipefail

web=${WEB_URL:-http://localhost:8090} model=${MODEL:-gpt-5-mini}
question=${1:?what to ask} id=door-$$-$RANDOM

# What a JSON string holds, with its quotes and backslashes escaped. Lines become spaces.
quoted() { printf '%s' "$1" | tr '\n' ' ' | sed 's/[\\"]/\\&/g'; }
call() { curl --fail-with-body --silent --show-error ${WEB_TOKEN:+--header "Authorization: Bearer $WEB_TOKEN"} "$@"; }

# One job, and its answer. The key makes it safe to send again.
call --header "Idempotency-Key: $id" --header 'Prefer: wait=60' --data "{\"model\":\"$(quoted "$model")\",\"messages\":[{\"text\":\"$(quoted "$question")\"}]}" "$web/jobs/message-model"
echo

# How it stands, and what is kept of it.
call "$web/jobs/$id"
echo

# Many jobs, one a line, answered line by line. A model takes them in its own time.
printf '%s\n' "{\"operation\":\"classify-text\",\"jobId\":\"$id-a\",\"text\":\"I like tides.\"}" \
    "{\"operation\":\"classify-text\",\"jobId\":\"$id-b\",\"text\":\"I like ebbs.\"}" | call --request POST --upload-file - "$web/jobs"
for job in "$id-a" "$id-b"; do call --header 'Prefer: wait=60' "$web/jobs/$job/ending"; echo; done

# Bytes that are too large for a job, and a job that uses them.
stored=$(printf 'Tides come twice a day.' | call --request POST --data-binary @- "$web/payloads")
payload=$(printf '%s' "$stored" | sed 's/.*"id":"\([^"]*\)".*/\1/')
call --header 'Prefer: wait=60' --data "{\"purpose\":\"user_data\",\"file\":{\"payload\":{\"id\":\"$payload\"},\"fileName\":\"tides.txt\"}}" "$web/jobs/upload-file"
echo

# A job that waits until the year 2100 is given up.
call --output /dev/null --data "{\"jobId\":\"$id-late\",\"model\":\"$(quoted "$model")\",\"messages\":[{\"text\":\"Later.\"}],\"notBefore\":\"2100-01-01T00:00:00Z\"}" "$web/jobs/message-model"
call --request DELETE "$web/jobs/$id-late"
echo
