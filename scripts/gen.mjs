// scripts/gen [--check]: writes everything that is generated from protocol/schema and from the
// registry folders. With --check it writes nothing and fails when something is stale.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as cpp from "../protocol/generator/cpp.mjs";
import { writeManifest } from "../protocol/generator/manifest.mjs";
import { writeReference } from "../protocol/generator/reference.mjs";
import { writeRegistries } from "../protocol/generator/registry.mjs";
import { loadSchema, secretPointers } from "../protocol/generator/schema.mjs";
import { writeTypeScript } from "../protocol/generator/typescript.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

function secretsOf(model) {
  const secrets = {};
  for (const request of [...model.requests, ...model.reverseRequests]) {
    const params = secretPointers(model, request.params);
    const result = secretPointers(model, request.result);
    if (params.length > 0 || result.length > 0) secrets[request.name] = { params, result };
  }
  return secrets;
}

function outputs() {
  const model = loadSchema(path.join(root, "protocol/schema"));
  const secrets = secretsOf(model);
  return {
    "protocol/generated/cpp/types.h": cpp.writeTypes(model),
    "protocol/generated/cpp/types.cpp": cpp.writeNames(model),
    "protocol/generated/cpp/codec.h": cpp.writeCodecHeader(model),
    "protocol/generated/cpp/codec.cpp": cpp.writeCodecSource(model),
    "protocol/generated/cpp/dispatch.h": cpp.writeDispatchHeader(model),
    "protocol/generated/cpp/dispatch.cpp": cpp.writeDispatchSource(model, secrets),
    "protocol/generated/ts/protocol.ts": writeTypeScript(model, secrets),
    "protocol/generated/PROTOCOL.md": writeReference(model),
    ...writeRegistries(root),
    ...writeManifest(root),
  };
}

function current(file) {
  try {
    return readFileSync(path.join(root, file), "utf8");
  } catch {
    return undefined;
  }
}

const check = process.argv.includes("--check");
let files;
try {
  files = outputs();
} catch (error) {
  console.error(`gen: ${error.message}`);
  process.exit(1);
}
const stale = Object.entries(files).filter(([file, text]) => current(file) !== text);
for (const [file, text] of stale) {
  if (check) {
    console.error(`gen: ${file} is stale; run scripts/gen and commit it`);
    continue;
  }
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  console.log(`gen: wrote ${file}`);
}
process.exit(check && stale.length > 0 ? 1 : 0);
