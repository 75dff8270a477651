// Runs the command line as a script would.
import { spawn } from "node:child_process";

import { environment, helperPath } from "../server/client.mjs";

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
