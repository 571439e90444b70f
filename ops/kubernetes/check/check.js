// Holds every manifest to its schema, Kubernetes' own and KEDA's. Then each is spoilt in every place, and none of those may pass.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { Reading } from "./reading.js";

const require = createRequire(import.meta.url);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Where the packages keep the schema of a kind, named after its Go type.
const homes = {
  v1: ["kubernetes-models", "IoK8sApiCoreV1"],
  "apps/v1": ["kubernetes-models", "IoK8sApiAppsV1"],
  "networking.k8s.io/v1": ["kubernetes-models", "IoK8sApiNetworkingV1"],
  "policy/v1": ["kubernetes-models", "IoK8sApiPolicyV1"],
  "keda.sh/v1alpha1": ["@kubernetes-models/keda", "KedaShV1alpha1"],
};

const schemaOf = ({ apiVersion, kind }) => {
  const [name, prefix] = homes[apiVersion];
  return require(`${here("node_modules/")}${name}/_schemas/${prefix}${kind}.js`).validate;
};

// What is wrong with a manifest: what its schema says, and what its schema has never heard of.
const problems = (manifest, validate) => {
  const reading = new Reading(manifest);
  validate(reading.root);
  const said = (validate.errors ?? []).map(({ instancePath, keyword, params }) => `${instancePath} breaks ${keyword} ${JSON.stringify(params)}`);
  return [...said, ...reading.unread().map((path) => `${path} is unknown`)];
};

// Every way to spoil a manifest in one place: a value of another type, and a field that there is not.
function* spoilt(manifest) {
  const places = [[]];
  for (const path of places) {
    const value = path.reduce((node, key) => node[key], manifest);
    if (value !== null && typeof value === "object") {
      for (const key of Object.keys(value)) places.push([...path, Array.isArray(value) ? Number(key) : key]);
      if (!Array.isArray(value)) yield [`${path.join("/")} with a field more`, changed(manifest, path, { ...value, aFieldThatThereIsNot: [[]] })];
    }
    if (path.length > 0) yield [`${path.join("/")} of another type`, changed(manifest, path, Array.isArray(value) ? "text" : [[]])];
  }
}

const changed = (node, [key, ...rest], value) =>
  key === undefined ? value : Array.isArray(node) ? node.with(key, changed(node[key], rest, value)) : { ...node, [key]: changed(node[key], rest, value) };

const wrong = [];
let manifests = 0, tried = 0;
for (const folder of ["manifests", "keda"]) {
  for (const file of readdirSync(here(`../${folder}`))) {
    // As Kubernetes reads it: YAML 1.1, in which yes and on are true, and no key comes twice.
    for (const document of parseAllDocuments(readFileSync(here(`../${folder}/${file}`), "utf8"), { version: "1.1", strict: true })) {
      manifests++;
      wrong.push(...[...document.errors, ...document.warnings].map((error) => `${file}: ${error.message}`));
      const manifest = document.toJS();
      const validate = schemaOf(manifest);
      wrong.push(...problems(manifest, validate).map((problem) => `${file}: ${problem}`));
      for (const [what, bad] of spoilt(manifest)) {
        tried++;
        if (problems(bad, validate).length === 0) wrong.push(`${file}: passes with ${what}`);
      }
    }
  }
}

if (manifests === 0 || tried === 0) wrong.push("There was nothing to check.");
for (const problem of wrong) console.error(problem);
console.log(`${manifests} manifests fit their schemas, ${tried} spoilt ones were tried, ${wrong.length} problems`);
process.exit(wrong.length === 0 ? 0 : 1);
