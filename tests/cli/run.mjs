// Runs the command line as a script would.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { helperPath } from "../server/client.mjs";

// Not the audit log of whoever runs the tests.
const own = mkdtempSync(path.join(os.tmpdir(), "mydba-cli-audit-"));
process.once("exit", () => rmSync(own, { recursive: true, force: true }));
export const environment = { ...process.env, MYDBA_AUDIT_FILE: path.join(own, "audit.db") };

/** Runs `mydba ...args` to its end; nothing on stdin unless given. */
export function mydba(args, { input = "", env = {}, onStdout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(helperPath(), args, { env: { ...environment, ...env }, stdio: "pipe" });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (data) => {
      stdout += data;
      onStdout?.(child, stdout);
    });
    child.stderr.setEncoding("utf8").on("data", (data) => (stderr += data));
    child.stdin.on("error", () => {}); // the program may end without reading it
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
    child.stdin.end(input);
  });
}
