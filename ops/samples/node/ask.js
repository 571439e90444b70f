// Sends a job and waits for its answer: node ask.js "How do tides work?"
// Needs amqplib (npm ci). AMQP_URL names the broker, PREFIX and MODEL what the worker has.
import { randomUUID } from "node:crypto";
import amqp from "amqplib";

const { AMQP_URL = "amqp://guest:guest@localhost:5672/", PREFIX = "openai", MODEL = "gpt-5-mini" } = process.env;
const job = { model: MODEL, messages: [{ text: process.argv[2] }] };

const connection = await amqp.connect(AMQP_URL);
const channel = await connection.createConfirmChannel();
const replies = await channel.assertQueue("", { exclusive: true });

await channel.consume(replies.queue, async ({ content, properties }) => {
  const event = JSON.parse(content);
  if (properties.headers["openai-worker-event"] === "delayed") {
    console.error(`waits until ${event.until}: ${event.code}`);
    return;
  }
  console.log(event.text ?? `${event.code}: ${event.message}`);
  process.exitCode = event.ending === "completed" ? 0 : 1;
  await connection.close();
}, { noAck: true });

channel.publish(`${PREFIX}.jobs`, "message-model", Buffer.from(JSON.stringify(job)), {
  messageId: randomUUID(), // The job's id.
  correlationId: "my-request-1", // Any text: it is on every event about the job.
  replyTo: replies.queue, // A copy of every event goes there.
  contentType: "application/json",
  persistent: true, // The job outlives the broker's restart.
  mandatory: true,
});
await channel.waitForConfirms();
