// The hand-written files of the repository, as git knows them (tracked, or new and not ignored).
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.mjs";

const listed = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "-z"],
  { cwd: root, encoding: "utf8" },
)
  .split("\0")
  .filter((file) => file && existsSync(path.join(root, file)));

const generated = [
  /^protocol\/generated\//,
  /\.inc$/,
  /package-lock\.json$/,
  /^tests\/fuzz\/corpus\//,
];
const code = /\.(cpp|h|ts|mjs|sh|sql|css)$/;

export const all = listed;
export const handWritten = listed.filter(
  (file) => code.test(file) && !generated.some((pattern) => pattern.test(file)),
);
export const native = handWritten.filter((file) => /^(native|tests)\/.*\.(cpp|h)$/.test(file));
export const under = (folder) => handWritten.filter((file) => file.startsWith(`${folder}/`));

const texts = new Map();
export function text(file) {
  if (!texts.has(file)) texts.set(file, readFileSync(path.join(root, file), "utf8"));
  return texts.get(file);
}

/** Line number of an offset, from 1. */
export const lineAt = (content, offset) => content.slice(0, offset).split("\n").length;
