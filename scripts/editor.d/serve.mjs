// scripts/editor serve FOLDER [VSIX...] [--file=PATH] [--port=N]: a user's editor on 127.0.0.1, until
// Ctrl+C. The profile is kept: settings and connections are there again the next time. Whoever may
// log in to this machine may open the page; with a PASSWORD in the environment it asks for that.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cache } from "../paths.mjs";
import { startEditor } from "./server.mjs";

/** Extensions that this profile does not have in this very version. */
function changed(files, stamp) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  const current = hash.digest("hex");
  const known = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  return { files: current === known ? [] : files, remember: () => writeFileSync(stamp, current) };
}

const [folder, ...rest] = process.argv.slice(2);
const option = (name) =>
  rest.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const profile = path.join(cache, "profile");
mkdirSync(profile, { recursive: true });
const wanted = rest.filter((argument) => !argument.startsWith("--"));
const install = changed(wanted, path.join(profile, "installed"));
const port = option("port") && Number(option("port"));
/** A failure without its stack: whoever reads it wants to know what to do. */
function refuse(error) {
  const taken = port && error.message.includes("EADDRINUSE");
  const why = taken ? `port ${port} is in use: choose another with --port=N` : error.message;
  console.error(`editor: ${why}`);
  process.exit(1);
}

const editor = await startEditor({ profile, vsix: install.files, port }).catch(refuse);
install.remember();
console.log(`\n  MyDBA is open at\n\n    ${editor.url(path.resolve(folder), option("file"))}\n`);
console.log("  Ctrl+C ends it.");
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => editor.stop());
await editor.exited;
