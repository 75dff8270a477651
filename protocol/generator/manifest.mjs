// The helper's tools in package.json: agents of the editor see tools of extensions that are not active
// yet. Their words are those of native/src/tools, so that a model reads the same everywhere.

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const strings = /"(?:[^"\\]|\\.)*"/g;

/** The text of a field of the tool's definition; adjacent literals are one text, as in C++. */
function textOf(source, field, file) {
  const found = source.match(new RegExp(`\\.${field} =\\s*((?:"(?:[^"\\\\]|\\\\.)*"\\s*)+)`));
  if (!found) throw new Error(`${file}: no .${field} with a text`);
  return found[1].match(strings).map(JSON.parse).join("");
}

function toolOf(folder, file) {
  const source = readFileSync(path.join(folder, "list", file), "utf8");
  const [name, title, description] = ["name", "title", "description"].map((field) =>
    textOf(source, field, file),
  );
  const schema = readFileSync(path.join(folder, "schema", `${name}.json`), "utf8");
  return {
    name: `mydba_${name}`,
    displayName: title,
    modelDescription: description,
    userDescription: `${title}, with MyDBA.`,
    toolReferenceName: `mydba_${name}`,
    canBeReferencedInPrompt: true,
    icon: "$(database)",
    tags: ["mydba", "database", ...(/\.writes = true/.test(source) ? ["writes"] : [])],
    inputSchema: JSON.parse(schema),
  };
}

/** package.json with the tools that there are. */
export function writeManifest(root) {
  const folder = path.join(root, "native/src/tools");
  const files = readdirSync(path.join(folder, "list")).filter((file) => file.endsWith(".cpp"));
  const tools = files.map((file) => toolOf(folder, file));
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  manifest.contributes.languageModelTools = tools.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { "package.json": `${JSON.stringify(manifest, null, 2)}\n` };
}
