// Has a model answer a prompt, by way of the queue: node job.js MODEL PROMPT
import { randomUUID } from "node:crypto";
import amqp from "amqplib";

const [model, prompt] = process.argv.slice(2);
const { OPENAI_WORKER_PREFIX: prefix = "openai", RABBITMQ_URI: uri = "amqp://guest:guest@localhost:5672" } = process.env;

const connection = await amqp.connect(uri);
const channel = await connection.createConfirmChannel();
const { queue } = await channel.assertQueue("", { exclusive: true });

const ending = new Promise((resolve, reject) => {
  // Returned rather than lost, if no worker has ever started.
  channel.on("return", () => reject(new Error(`${prefix}.jobs leads nowhere.`)));
  channel.consume(queue, ({ properties, content }) => {
    const event = JSON.parse(content);
    if (properties.headers["openai-worker-event"] === "delayed") console.error(`Waits until ${event.until}: ${event.message}`);
    else resolve(event);
  }, { noAck: true });
});

const job = { jobId: randomUUID(), model, messages: [{ text: prompt }] };
channel.publish(`${prefix}.jobs`, "message-model", Buffer.from(JSON.stringify(job)), {
  contentType: "application/json", persistent: true, mandatory: true, replyTo: queue,
});
await channel.waitForConfirms();

const { text, code, message } = await ending;
await connection.close();
if (code) {
  console.error(`${code}: ${message}`);
  process.exitCode = 1;
} else console.log(text);
