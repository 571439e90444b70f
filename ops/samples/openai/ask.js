// Asks through the queue with OpenAI's own SDK: node ask.js "How do tides work?"
// Needs openai (npm ci). OPENAI_BASE_URL is the worker's web, OPENAI_API_KEY a token of it, MODEL what its provider has.
import OpenAI from "openai";

const { OPENAI_BASE_URL = "http://localhost:8090/v1", OPENAI_API_KEY = "none", MODEL = "gpt-6-luna" } = process.env;
const client = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: OPENAI_API_KEY });

try {
  const answer = await client.chat.completions.create({
    model: MODEL,
    messages: [{ role: "user", content: process.argv[2] }],
  });
  console.log(answer.choices[0].message.content);
} catch (error) {
  if (!(error instanceof OpenAI.APIError)) throw error;
  // The worker has tried again as often as it helps.
  console.log(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
