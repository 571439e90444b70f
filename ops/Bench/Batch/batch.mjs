// What `worker batch` is compared with: the official package, so many calls at once, one line of output for each.
// node batch.mjs INPUT OUTPUT BASE_URL AT_ONCE
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import OpenAI from "openai";

const [input, output, baseURL, atOnce] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "any" });
const lines = createInterface({ input: createReadStream(input), crlfDelay: Infinity })[Symbol.asyncIterator]();
const answers = createWriteStream(output);

async function work() {
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const job = JSON.parse(next.value);
    let ending;
    try {
      const answer = await client.responses.create({ model: job.model, input: job.messages[0].text });
      ending = { jobId: job.jobId, text: answer.output_text, usage: answer.usage };
    } catch (error) {
      ending = { jobId: job.jobId, error: error.message };
    }
    if (!answers.write(JSON.stringify(ending) + "\n"))
      await new Promise(written => answers.once("drain", written));
  }
}

await Promise.all(Array.from({ length: Number(atOnce) }, work));
answers.end();
