"""Answers a function that models ask for, the hours of daylight: python3 tool.py

A job names it in its tools: {"function": {"name": "daylight", "queue": "tools.daylight", "parameters": {...}}}.
Needs pika (apt install python3-pika, or pip install pika). AMQP_URL names the broker, QUEUE the function's queue.
"""
import json
import math
import os

import pika


def daylight(latitude, dayOfYear):
    """Hours between sunrise and sunset; the sun's declination is Cooper's, good to a few minutes."""
    declination = math.radians(23.45) * math.sin(2 * math.pi * (284 + dayOfYear) / 365)
    noon_to_set = -math.tan(math.radians(latitude)) * math.tan(declination)
    return round(24 / math.pi * math.acos(max(-1, min(1, noon_to_set))), 2)


def answer(channel, method, properties, body):
    call = json.loads(body)
    try:
        told = {"json": {"hours": daylight(**call["arguments"])}}
    except Exception as wrong:  # The model is told, and tries something else.
        told = {"error": str(wrong)}
    channel.basic_publish(
        exchange="",
        routing_key=properties.reply_to,
        body=json.dumps({"callId": call["callId"], **told}),
        properties=pika.BasicProperties(correlation_id=properties.correlation_id, content_type="application/json"),
    )
    channel.basic_ack(method.delivery_tag)  # Only now: a handler that dies before it gets the call again.


connection = pika.BlockingConnection(pika.URLParameters(os.environ.get("AMQP_URL", "amqp://guest:guest@localhost:5672/")))
channel = connection.channel()
channel.basic_qos(prefetch_count=10)
queue = os.environ.get("QUEUE", "tools.daylight")
channel.queue_declare(queue, durable=True)
channel.basic_consume(queue, answer)
print(f"answers calls in {queue}", flush=True)
try:
    channel.start_consuming()
except KeyboardInterrupt:
    connection.close()
