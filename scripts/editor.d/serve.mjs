// scripts/editor serve FOLDER [VSIX...] [--port=N]: a user's editor on 127.0.0.1, until Ctrl+C.
// The profile is kept: connections and settings are there again the next time.
import path from "node:path";
import { cache } from "../paths.mjs";
import { startEditor } from "./server.mjs";

const [folder, ...rest] = process.argv.slice(2);
const port = rest.find((argument) => argument.startsWith("--port="))?.slice("--port=".length);
const vsix = rest.filter((argument) => !argument.startsWith("--"));
const profile = path.join(cache, "profile");
const editor = await startEditor({ profile, vsix, port: port && Number(port) });
console.log(`\n  MyDBA is open at  ${editor.url(path.resolve(folder))}\n  Ctrl+C ends it.\n`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => editor.stop());
await editor.exited;
