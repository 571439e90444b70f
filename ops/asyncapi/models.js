// Makes models for TypeScript and Python of the schemas with quicktype, as others do, compiles them, and looks for the names that the contract has.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, quicktype } from "quicktype-core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "openai-worker-models-"));
const compile = {
  typescript: (file) => execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "--strict", "--noEmit", "--skipLibCheck", "--lib", "es2022", file]),
  python: (file) => execFileSync("python3", [file]),
};
const wrong = [];
let models = 0;

try {
  for (const group of ["requests", "events"]) {
    const schema = readFileSync(here(`${group}.json`), "utf8");
    const names = Object.keys(JSON.parse(schema).$defs);
    for (const [lang, check] of Object.entries(compile)) {
      const input = new JSONSchemaInput(new FetchingJSONSchemaStore());
      await input.addSource({ name: group, uris: [`${group}.json#/$defs/`], schema });
      const inputData = new InputData();
      inputData.addInput(input);
      const { lines } = await quicktype({ inputData, lang, inferDateTimes: false, rendererOptions: { "just-types": "true" } });
      const file = join(folder, `${group}.${lang === "python" ? "py" : "ts"}`);
      writeFileSync(file, lines.join("\n"));
      try {
        check(file);
      } catch (fault) {
        wrong.push(`${group} in ${lang}: ${fault.stdout}${fault.stderr}`);
      }
      const made = [...lines.join("\n").matchAll(/^(?:export )?(?:interface|enum|class|type) (\w+)/gm)].map(([, name]) => name.toLowerCase());
      models += made.length;
      for (const name of names) if (!made.includes(name.toLowerCase())) wrong.push(`${group} in ${lang}: no model has the name ${name}`);
      // What quicktype calls a type that it has no name for.
      for (const name of made) if (/^(purple|fluffy|tentacled|sticky|indigo|indecent|hilarious)/.test(name)) wrong.push(`${group} in ${lang}: ${name} is no name of ours`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

for (const problem of wrong) console.error(problem);
console.log(`${models} models were made and compiled, ${wrong.length} problems`);
process.exit(wrong.length === 0 ? 0 : 1);
