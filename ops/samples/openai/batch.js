// Runs questions as one batch with OpenAI's own SDK, on any provider: node batch.js "How do tides work?" "And the wind?"
// Needs openai (npm ci). OPENAI_BASE_URL is the worker's web, OPENAI_API_KEY a token of it, MODEL what its provider has.
import { setTimeout } from "node:timers/promises";
import OpenAI, { toFile } from "openai";

const { OPENAI_BASE_URL = "http://localhost:8090/v1", OPENAI_API_KEY = "none", MODEL = "gpt-6-luna" } = process.env;
const client = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: OPENAI_API_KEY });

const lines = process.argv.slice(2).map((question, number) => JSON.stringify({
  custom_id: `question-${number + 1}`,
  method: "POST",
  url: "/v1/responses",
  body: { model: MODEL, input: question },
}));
const input = await client.files.create({ file: await toFile(Buffer.from(lines.join("\n")), "questions.jsonl"), purpose: "batch" });
let batch = await client.batches.create({ input_file_id: input.id, endpoint: "/v1/responses", completion_window: "24h" });

while (!["completed", "failed", "expired", "cancelled"].includes(batch.status)) {
  await setTimeout(1000);
  batch = await client.batches.retrieve(batch.id);
}
console.error(`${batch.status}: ${batch.request_counts.completed} of ${batch.request_counts.total}`);

for (const file of [batch.output_file_id, batch.error_file_id].filter(Boolean))
  for (const line of (await (await client.files.content(file)).text()).trim().split("\n").map(JSON.parse)) {
    const { body } = line.response ?? { body: line };
    const text = body.output?.flatMap(item => item.content ?? []).map(part => part.text).join("");
    console.log(`${line.custom_id}: ${text ?? `${body.error.code}: ${body.error.message}`}`);
  }
process.exitCode = batch.request_counts.failed === 0 && batch.status === "completed" ? 0 : 1;
