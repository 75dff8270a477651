// The invariants of the architecture, each a function that returns what breaks it. Every one holds a
// promise of a README; the text says which.
import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.mjs";
import { documentRules } from "./documents.mjs";
import { longFiles, longFunctions } from "./exceptions.mjs";
import { all, handWritten, lineAt, native, text, under } from "./files.mjs";
import { blank, functionsOf } from "./functions.mjs";

const mostLines = 500;
const mostFunctionLines = 60;
const mostExtensionLines = 2500;
const pureFolders = ["sql", "plan", "catalog", "advise", "guard", "rag", "lang", "profile"];
const vagueFolders = /(^|\/)(utils?|services?|common|managers?|helpers?|types|misc)\//;

const lines = (file) => text(file).split("\n").length - 1;
/** One problem for every match of `pattern` in the code (not comments, not strings) of `files`. */
function forbid(files, pattern, why, read = text) {
  return files.flatMap((file) =>
    [...read(file).matchAll(pattern)].map(
      (match) => `${file}:${lineAt(text(file), match.index)}: ${why}: ${match[0].trim()}`,
    ),
  );
}
const code = (file) => blank(text(file));

/** Every engine has a file of statements for the contract test. */
const engineIds = () =>
  all.map((file) => file.match(/^tests\/engines\/vocabulary\/(\w+)\.json$/)?.[1]).filter(Boolean);

export const rules = {
  "pure folders include neither rpc/, server/ nor an engine": () =>
    forbid(
      native.filter((file) =>
        pureFolders.some((folder) => file.startsWith(`native/src/${folder}/`)),
      ),
      /^#include "(rpc\/|server\/|engines\/(?!engine\.h)).*$/gm,
      "a pure library must not know",
    ),

  "engines include no other engine": () =>
    native.flatMap((file) => {
      const own = file.match(/^native\/src\/engines\/(\w+)\//)?.[1];
      if (!own) return [];
      return [...text(file).matchAll(/^#include "engines\/(\w+)\/.*$/gm)]
        .filter((match) => match[1] !== own)
        .map((match) => `${file}: ${match[0]}`);
    }),

  "code outside an engine's folder does not compare its name": () =>
    forbid(
      native.filter((file) => /^native\/src\//.test(file) && !/^native\/src\/engines\//.test(file)),
      new RegExp(`[!=]= ?"(${engineIds().join("|")})"`, "g"),
      "ask for a facet or a descriptor's field",
    ),

  "only the sender asks a model": () =>
    forbid(
      native.filter(
        (file) =>
          /^native\/src\//.test(file) && !/^native\/src\/ai\/(sender\.cpp$|providers\/)/.test(file),
      ),
      /(->|\.)(chat|models)\(/g,
      "what leaves goes through ai/sender.h",
      code,
    ),

  "hand-written files have at most 500 lines": () => [
    ...handWritten
      .filter((file) => lines(file) > mostLines && !longFiles[file])
      .map((file) => `${file}: ${lines(file)} lines`),
    ...Object.keys(longFiles)
      .filter((file) => !existsSync(path.join(root, file)) || lines(file) <= mostLines)
      .map((file) => `${file}: is no exception any more`),
  ],

  "functions have at most 60 lines": () => {
    const long = handWritten
      .filter((file) => /\.(cpp|h|ts|mjs)$/.test(file))
      .flatMap((file) =>
        functionsOf(text(file))
          .filter((found) => found.lines > mostFunctionLines)
          .map((found) => ({ file, ...found })),
      );
    const key = ({ file, name }) => `${file} ${name}`;
    const stale = Object.keys(longFunctions).filter(
      (name) => !long.some((found) => key(found) === name),
    );
    return [
      ...long
        .filter((found) => !longFunctions[key(found)])
        .map((found) => `${found.file}:${found.line}: ${found.name} has ${found.lines} lines`),
      ...stale.map((name) => `${name}: is no exception any more`),
    ];
  },

  "extension/src is thin": () => {
    const total = under("extension/src").reduce((sum, file) => sum + lines(file), 0);
    return total > mostExtensionLines
      ? [`extension/src has ${total} lines, more than ${mostExtensionLines}`]
      : [];
  },

  "extension/src names no engine": () =>
    forbid(
      under("extension/src"),
      new RegExp(`["'\`](${engineIds().join("|")})["'\`]`, "g"),
      "the helper's descriptors name engines",
    ),

  "views hold no SQL": () =>
    forbid(
      under("webviews").filter((file) => file.endsWith(".ts")),
      /["'`]\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|SHOW|EXPLAIN|KILL|ALTER|DROP|CREATE)\s[^"'`]*["'`]/g,
      "SQL belongs to the helper",
    ),

  "nothing is parsed as HTML": () =>
    forbid(
      handWritten.filter((file) => /^(webviews|extension)\/.*\.ts$/.test(file)),
      /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser)\b/g,
      "foreign text goes through textContent",
      code,
    ),

  "SQL files say what they are for": () =>
    handWritten
      .filter(
        (file) =>
          file.endsWith(".sql") &&
          file.startsWith("native/src/engines/") &&
          !/^(--|#)/.test(text(file)),
      )
      .map((file) => `${file}: the first line is not a comment`),

  "no folder has a vague name": () =>
    all
      .filter((file) => vagueFolders.test(file))
      .map((file) => `${file}: name the folder after what is in it`),

  "includes are from native/src, headers have #pragma once": () => [
    ...forbid(native, /^#include "\.\.?\/.*$/gm, "include from native/src"),
    ...native
      .filter((file) => file.endsWith(".h") && !text(file).includes("#pragma once"))
      .map((file) => `${file}: no #pragma once`),
  ],

  "no default exports": () =>
    forbid(
      handWritten.filter((file) => /^(webviews|extension)\/.*\.ts$/.test(file)),
      /^export default.*$/gm,
      "export by name",
    ),

  "README maps name what exists": () =>
    all
      .filter((file) => /(^|\/)README\.md$/.test(file) && !file.startsWith("rag-docs/"))
      .flatMap((file) =>
        [...text(file).matchAll(/^\|\s*\[?`([\w./-]+\/)`\]?/gm)]
          .filter(
            (match) =>
              !existsSync(path.join(root, path.dirname(file), match[1])) &&
              !existsSync(path.join(root, match[1])),
          )
          .map((match) => `${file}: ${match[1]} does not exist`),
      ),

  "README links lead somewhere": () =>
    all
      .filter((file) => file.endsWith(".md") && !file.startsWith("rag-docs/"))
      .flatMap((file) =>
        [...text(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
          .filter((match) => !existsSync(path.join(root, path.dirname(file), match[1])))
          .map((match) => `${file}: ${match[1]} does not exist`),
      ),

  "commands in package.json and in the code agree": () => {
    const manifest = JSON.parse(text("package.json"));
    const declared = new Set((manifest.contributes?.commands ?? []).map(({ command }) => command));
    const sources = under("extension/src").map(text).join("\n");
    const named = new Set(
      [...sources.matchAll(/["'`](mydba\.[\w.]+)["'`]/g)].map((match) => match[1]),
    );
    const used = new Set(
      [...JSON.stringify(manifest.contributes ?? {}).matchAll(/"command":"(mydba\.[\w.]+)"/g)].map(
        (match) => match[1],
      ),
    );
    return [
      ...[...declared]
        .filter((command) => !named.has(command))
        .map((command) => `package.json: ${command} is in no source of the extension`),
      ...[...used]
        .filter((command) => !declared.has(command))
        .map((command) => `package.json: ${command} is used and not declared`),
    ];
  },

  "plan rules have a heading in rag-docs": () =>
    all
      .map((file) => file.match(/^native\/src\/plan\/rules\/([\w-]+)\.cpp$/)?.[1])
      .filter(
        (id) =>
          id &&
          !all.some(
            (file) =>
              /^rag-docs\/\w+\/query-plans\.md$/.test(file) && text(file).includes(`\n## ${id}\n`),
          ),
      )
      .map(
        (id) =>
          `native/src/plan/rules/${id}.cpp: no rag-docs/<engine>/query-plans.md has the heading "## ${id}"`,
      ),

  ...documentRules(engineIds),

  "rules for SQL text have a heading in rag-docs, and examples": () =>
    all
      .map((file) => file.match(/^native\/src\/advise\/sql\/rules\/([\w-]+)\.cpp$/)?.[1])
      .filter(Boolean)
      .flatMap((id) => [
        ...(text("rag-docs/all/sql-rules.md").includes(`\n## ${id}\n`)
          ? []
          : [`rag-docs/all/sql-rules.md: no heading "## ${id}"`]),
        ...(all.includes(`tests/sql/lint/${id}.sql`) ? [] : [`tests/sql/lint/${id}.sql: missing`]),
      ]),

  "rules for tables have a heading in rag-docs, and examples": () =>
    all
      .map((file) => file.match(/^native\/src\/advise\/catalogue\/rules\/([\w-]+)\.cpp$/)?.[1])
      .filter(Boolean)
      .flatMap((id) => [
        ...(text("rag-docs/all/table-rules.md").includes(`\n## ${id}\n`)
          ? []
          : [`rag-docs/all/table-rules.md: no heading "## ${id}"`]),
        ...(all.includes(`tests/sql/tables/${id}.json`)
          ? []
          : [`tests/sql/tables/${id}.json: missing`]),
      ]),
};
