// What a program does that has OpenAI's own SDK and knows nothing of the worker. BASE_URL, TOKEN, and a NARROW one that
// may read alone. Says "all is well", or fails.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";

const require = createRequire(`${process.cwd()}/`);
const OpenAI = require("openai");
const { toFile } = OpenAI;
const { BASE_URL, TOKEN, NARROW } = process.env;
const client = new OpenAI({ baseURL: BASE_URL, apiKey: TOKEN });
const messages = [{ role: "user", content: "Who keeps the light?" }];

async function until(look, isSo) {
  for (let looks = 0; looks < 600; looks++) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await setTimeout(100);
  }
  assert.fail("It did not come to an end.");
}

async function held() {
  const { data, response } = await client.chat.completions.create({ model: "m", messages }).withResponse();
  assert.match(data.choices[0].message.content, /light/);
  assert.ok(data._request_id);
  assert.ok(response.headers.get("openai-worker-job-id"));
  const answer = await client.responses.create({ model: "m", input: "Who keeps the light?" });
  assert.match(answer.output_text, /light/);
  const vectors = await client.embeddings.create({ model: "m", input: ["a", "b"] });
  assert.equal(vectors.data.length, 2);
  assert.ok(vectors.data[0].embedding.length > 0);
  const moderation = await client.moderations.create({ model: "omni-moderation-latest", input: "Hello" });
  assert.equal(moderation.results.length, 1);
  const names = [];
  for await (const model of client.models.list()) names.push(model.id);
  assert.ok(names.includes("m"));
  assert.equal((await client.models.retrieve("m")).id, "m");
}

async function streamed() {
  let words = "";
  const chunks = await client.chat.completions.create(
    { model: "m", messages, stream: true, stream_options: { include_usage: true } });
  let last;
  for await (const chunk of chunks) {
    words += chunk.choices[0]?.delta.content ?? "";
    last = chunk;
  }
  assert.match(words, /light/);
  assert.ok(last.usage.total_tokens > 0);
  const chat = client.chat.completions.stream({ model: "m", messages });
  assert.equal((await chat.finalChatCompletion()).choices[0].finish_reason, "stop");
  let deltas = "";
  const response = client.responses.stream({ model: "m", input: "Who keeps the light?" })
    .on("response.output_text.delta", event => { deltas += event.delta; });
  const whole = await response.finalResponse();
  assert.match(deltas, /light/);
  assert.equal(whole.output_text, deltas);
  const f = {
    name: "f", strict: true, parameters: { type: "object", properties: {}, required: [], additionalProperties: false },
  };
  const called = await client.responses.stream({ model: "m", input: "x", tools: [{ type: "function", ...f }], tool_choice: "required" }).finalResponse();
  assert.equal(called.output.find(item => item.type === "function_call").name, "f");
  const calling = client.chat.completions.stream(
    { model: "m", messages, tools: [{ type: "function", function: f }], tool_choice: "required" });
  assert.equal((await calling.finalMessage()).tool_calls[0].function.name, "f");
}

async function errors() {
  await assert.rejects(new OpenAI({ baseURL: BASE_URL, apiKey: NARROW }).chat.completions.create({ model: "m", messages }),
    error => error instanceof OpenAI.PermissionDeniedError);
  const chat = (model, more) => client.chat.completions.create({ model, messages, ...more });
  await assert.rejects(client.responses.create({ model: "m", input: "x", background: true, stream: true }),
    error => error instanceof OpenAI.BadRequestError && error.param === "stream" && error.type === "invalid_request_error");
  await assert.rejects(chat("m+status:404", { stream: true }), error => error instanceof OpenAI.NotFoundError);
  await assert.rejects(chat("m+status:400"), error => error instanceof OpenAI.BadRequestError);
  await assert.rejects(chat("m+status:404"),
    error => error instanceof OpenAI.NotFoundError && error.code === "model_not_found" && !!error.requestID);
  // More than a minute's requests at once.
  const hasty = new OpenAI({ baseURL: BASE_URL, apiKey: NARROW, maxRetries: 0 });
  const many = async () => {
    for (let round = 0; round < 30; round++)
      await Promise.all(Array.from({ length: 50 }, () => hasty.batches.list()));
  };
  await assert.rejects(many(),
    error => error instanceof OpenAI.RateLimitError && error.type === "rate_limit_error");
  await assert.rejects(new OpenAI({ baseURL: BASE_URL, apiKey: "wrong" }).models.list(),
    error => error instanceof OpenAI.AuthenticationError && error.code === "invalid_api_key");
  await assert.rejects(client.batches.retrieve("batch_0"), error => error instanceof OpenAI.NotFoundError);
  await assert.rejects(client.beta.threads.create(), error => error instanceof OpenAI.NotFoundError);
}

async function background() {
  const begun = await client.responses.create({ model: "m", input: "Who keeps the light?", background: true });
  assert.equal(begun.status, "queued");
  const done = await until(() => client.responses.retrieve(begun.id), response => response.status === "completed");
  assert.equal(done.id, begun.id);
  assert.match(done.output_text, /light/);
  const next = await client.responses.create({ model: "m", input: "And now?", previous_response_id: done.id });
  assert.equal(next.status, "completed");
  const long = await client.responses.create({ model: "m+slow:20000", input: "x", background: true });
  assert.equal((await client.responses.cancel(long.id)).status, "cancelled");
  await client.responses.delete(done.id);
  await assert.rejects(client.responses.retrieve(done.id), error => error instanceof OpenAI.NotFoundError);
}

async function files() {
  const content = "one\ntwo\n";
  const file = await client.files.create({ file: await toFile(Buffer.from(content), "a.jsonl"), purpose: "batch" });
  assert.equal((await client.files.retrieve(file.id)).filename, "a.jsonl");
  assert.equal(await (await client.files.content(file.id)).text(), content);
  for (let more = 0; more < 4; more++)
    await client.files.create({ file: await toFile(Buffer.from(`${more}`), "b.jsonl"), purpose: "batch" });
  const seen = [];
  for await (const one of client.files.list({ limit: 2 })) seen.push(one.id);
  assert.equal(new Set(seen).size, 5);
  assert.equal((await client.files.delete(file.id)).deleted, true);
  await assert.rejects(client.files.retrieve(file.id), error => error instanceof OpenAI.NotFoundError);
}

async function batch() {
  const line = (number, model = "m", url = "/v1/chat/completions") =>
    JSON.stringify({ custom_id: `l${number}`, method: "POST", url, body: { model, messages } });
  const lines = [...Array(200).keys()].map(number => line(number,
    number % 50 === 7 ? "m+status:404" : number % 10 === 3 ? "m+status:500#1" : "m"));
  lines[20] = "{ no JSON";
  lines[40] = line(41);
  lines[60] = line(60, "m", "/v1/embeddings");
  const input = await client.files.create({ file: await toFile(Buffer.from(lines.join("\r\n")), "all.jsonl"), purpose: "batch" });
  const begun = await client.batches.create({
    input_file_id: input.id, endpoint: "/v1/chat/completions", completion_window: "24h", metadata: { order: "17" },
  });
  assert.equal(begun.status, "validating");
  const done = await until(() => client.batches.retrieve(begun.id), one => one.completed_at || one.failed_at);
  assert.equal(done.status, "completed");
  assert.deepEqual(done.metadata, { order: "17" });
  // Four are not found, two are bad, and one has another's id.
  assert.deepEqual(done.request_counts, { total: 200, completed: 193, failed: 7 });
  assert.ok(done.usage.total_tokens > 0);
  const read = async file => (await (await client.files.content(file)).text()).trim().split("\n").map(JSON.parse);
  const results = await read(done.output_file_id);
  assert.equal(new Set(results.map(one => one.custom_id)).size, 193);
  assert.ok(results.every(one => /light/.test(one.response.body.choices[0].message.content)));
  const failed = await read(done.error_file_id);
  assert.equal(failed.filter(one => one.response?.status_code === 404).length, 4);
  const seen = [];
  for await (const one of client.batches.list({ limit: 1 })) seen.push(one.id);
  assert.ok(seen.includes(done.id));
}

await held();
await streamed();
await errors();
await background();
await files();
await batch();
console.log("all is well");
