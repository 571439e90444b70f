"""Sends a job and waits for its answer: python3 ask.py "How do tides work?"

Needs pika (apt install python3-pika, or pip install pika). AMQP_URL names the broker, PREFIX and MODEL what the worker has.
"""
import json
import os
import sys
import uuid

import pika

prefix = os.environ.get("PREFIX", "openai")
job = {"model": os.environ.get("MODEL", "gpt-5-mini"), "messages": [{"text": sys.argv[1]}]}

connection = pika.BlockingConnection(pika.URLParameters(os.environ.get("AMQP_URL", "amqp://guest:guest@localhost:5672/")))
channel = connection.channel()
channel.confirm_delivery()
replies = channel.queue_declare("", exclusive=True).method.queue

channel.basic_publish(
    exchange=f"{prefix}.jobs",
    routing_key="message-model",
    body=json.dumps(job),
    properties=pika.BasicProperties(
        message_id=str(uuid.uuid4()),  # The job's id.
        correlation_id="my-request-1",  # Any text: it is on every event about the job.
        reply_to=replies,  # A copy of every event goes there.
        content_type="application/json",
        delivery_mode=2,  # The job outlives the broker's restart.
    ),
    mandatory=True,  # pika raises UnroutableError where no worker has declared the exchange's queues.
)

for method, properties, body in channel.consume(replies, auto_ack=True):
    event = json.loads(body)
    if properties.headers["openai-worker-event"] == "delayed":
        print(f"waits until {event['until']}: {event['code']}", file=sys.stderr)
        continue
    print(event.get("text") or f"{event['code']}: {event['message']}")
    connection.close()
    sys.exit(0 if event["ending"] == "completed" else 1)
