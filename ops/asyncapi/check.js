// Reads asyncapi.json with AsyncAPI's own parser, and holds every example to its message's schema. An example that was spoilt must not pass.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Parser, fromFile } from "@asyncapi/parser";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => JSON.parse(readFileSync(here(path), "utf8"));
const wrong = [];

const { diagnostics } = await fromFile(new Parser(), here("asyncapi.json")).parse();
for (const { severity, message, path } of diagnostics)
  if (severity <= 1) wrong.push(`asyncapi.json: ${message} (${path.join(".")})`);

const ajv = addFormats(new Ajv({ strict: true, allowUnionTypes: true }));
const valid = Object.fromEntries(readdirSync(here("schemas")).map((file) => [file.replace(".json", ""), ajv.compile(read(`schemas/${file}`))]));

const channels = Object.values(read("asyncapi.json").channels);
const requests = channels.filter((channel) => channel.bindings.amqp.exchange?.type === "direct").flatMap((channel) => Object.keys(channel.messages));
const messageOf = (file) => {
  const [name, ...rest] = file.split(".");
  const address = rest.includes("request") ? name : rest.includes("result") ? `${name}.completed` : null;
  return address
    ? Object.keys(channels.find((channel) => channel.address === address).messages)[0]
    : name.split("-").map((word) => word[0].toUpperCase() + word.slice(1)).join("");
};

let examples = 0, spoilt = 0;
for (const file of readdirSync(here("../samples/examples"))) {
  const example = read(`../samples/examples/${file}`);
  const message = messageOf(file);
  examples++;
  if (!valid[message](example)) wrong.push(`${file}: ${ajv.errorsText(valid[message].errors)}`);
  const { properties } = read(`schemas/${message}.json`);
  for (const member of Object.keys(example)) {
    // No member may be a list of lists, but what has no type takes anything, and so do the items of a list that names none.
    const { description, items, ...rule } = properties[member];
    if (Object.keys(rule).length === 0) continue;
    spoilt++;
    const bad = [rule.type].flat().includes("array") && Object.keys(items).length === 0 ? 1 : [[]];
    if (valid[message]({ ...example, [member]: bad })) wrong.push(`${file}: passes with ${JSON.stringify(bad)} as ${member}`);
  }
  const more = valid[message]({ ...example, aMemberOfALaterRelease: 1 });
  if (more === requests.includes(message)) wrong.push(`${file}: an unknown member ${more ? "passes in a request" : "is refused in an event"}`);
}

if (examples === 0 || spoilt === 0) wrong.push("There was nothing to check.");
for (const problem of wrong) console.error(problem);
console.log(`${examples} examples fit their schemas, ${spoilt} spoilt ones were tried, ${wrong.length} problems`);
process.exit(wrong.length === 0 ? 0 : 1);
