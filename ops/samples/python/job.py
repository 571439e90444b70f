"""Has a model answer a prompt, by way of the queue: python3 job.py MODEL PROMPT"""

import json
import os
import sys
import uuid

import pika

model, prompt = sys.argv[1:]
prefix = os.environ.get("OPENAI_WORKER_PREFIX", "openai")
uri = os.environ.get("RABBITMQ_URI", "amqp://guest:guest@localhost:5672")

channel = pika.BlockingConnection(pika.URLParameters(uri)).channel()
channel.confirm_delivery()
replies = channel.queue_declare("", exclusive=True).method.queue

job = {"jobId": str(uuid.uuid4()), "model": model, "messages": [{"text": prompt}]}
channel.basic_publish(
    f"{prefix}.jobs",
    "message-model",
    json.dumps(job),
    pika.BasicProperties(content_type="application/json", delivery_mode=2, reply_to=replies),
    mandatory=True,  # refused rather than lost, if no worker has ever started
)

for _, properties, body in channel.consume(replies, auto_ack=True):
    event = json.loads(body)
    match properties.headers["openai-worker-event"]:
        case "completed":
            print(event["text"])
            sys.exit()
        case "failed":
            sys.exit(f"{event['code']}: {event['message']}")
        case "delayed":
            print(f"Waits until {event['until']}: {event['message']}", file=sys.stderr)
