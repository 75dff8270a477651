// One served editor: installs extensions into a profile of its own and runs until stopped. The profile
// is a folder that the caller keeps (a user's) or throws away (a test's); the real home is never written.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { cache } from "../paths.mjs";

const home = path.join(cache, "editor-4.139.1");
const node = path.join(home, "node");
const entry = path.join(home, "node_modules/code-server/out/node/entry.js");
const startDeadlineMs = 120_000;
/**
 * The server gives the process that it forks ten seconds to greet it (timeoutInterval in code-server's
 * wrapper.js), and ends when a busy machine needs more. It is then started again.
 */
const mostStarts = 4;
const stopDeadlineMs = 5_000;

// Nothing is looked up outside this machine, and nothing but the workbench is on the screen.
const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "workbench.enableExperiments": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "update.showReleaseNotes": false,
  "npm.fetchOnlinePackageInfo": false,
  "remote.autoForwardPorts": false,
  "security.workspace.trust.enabled": false,
};

export const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

function environmentOf(profile) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|npm_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    XDG_CONFIG_HOME: path.join(profile, "config"),
    XDG_DATA_HOME: path.join(profile, "data"),
    XDG_CACHE_HOME: path.join(profile, "cache"),
    EXTENSIONS_GALLERY: "{}",
  };
}

function runToEnd([program, ...args], env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`the editor refused: ${said}`)),
    );
  });
}

/** Resolves when the server says that it listens; rejects with its log when it ends or says nothing. */
function listening(child, log) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the editor did not start:\n${log.text}`)),
      startDeadlineMs,
    );
    const look = () =>
      /HTTP server listening on/.test(log.text) && (clearTimeout(timer), resolve());
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("error", reject);
    child.once(
      "exit",
      (code) => (
        clearTimeout(timer),
        reject(new Error(`the editor ended with ${code}:\n${log.text}`))
      ),
    );
  });
}

/** Settings of a new profile, and the arguments that make the editor use it and nothing else. */
function prepareProfile(profile, settings) {
  const user = path.join(profile, "user");
  const extensions = path.join(profile, "extensions");
  const config = path.join(profile, "config.yaml");
  const settingsFile = path.join(user, "User", "settings.json");
  mkdirSync(path.join(user, "User"), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  writeFileSync(config, "auth: none\n");
  if (!existsSync(settingsFile))
    writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  return [entry, "--config", config, "--user-data-dir", user, "--extensions-dir", extensions];
}

function handleOf(child, port, profile, log) {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  return {
    port,
    pid: child.pid,
    profile,
    logs: path.join(profile, "user", "logs"),
    log: () => log.text,
    /** The page that opens `folder`, and `file` in it. */
    url(folder, file) {
      const open = [["openFile", `vscode-remote://127.0.0.1:${port}${file}`]];
      const payload = file ? `&payload=${encodeURIComponent(JSON.stringify(open))}` : "";
      return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}${payload}`;
    },
    exited,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), stopDeadlineMs);
      await exited;
      clearTimeout(force);
    },
  };
}

/**
 * Starts an editor on 127.0.0.1 with `profile` as its only writable folder; the extensions in `vsix`
 * are installed first. `launcher` is a program with arguments that runs the editor, `settings` are
 * those of a new profile, `args` and `env` go to the editor.
 */
export async function startEditor(options) {
  const { profile, vsix = [], settings = {}, args = [], launcher = [] } = options;
  if (!existsSync(path.join(home, "complete")))
    throw new Error("no editor here: run scripts/editor install");
  const env = { ...environmentOf(profile), ...options.env };
  const command = [...launcher, node, ...prepareProfile(profile, settings)];
  const wanted = vsix.flatMap((file) => ["--install-extension", file]);
  if (wanted.length) await runToEnd([...command, ...wanted, "--force"], env);
  const port = options.port ?? (await freePort());
  const [program, ...given] = command;
  const served = ["--bind-addr", `127.0.0.1:${port}`, "--auth", env.PASSWORD ? "password" : "none"];
  const quiet = ["telemetry", "update-check", "workspace-trust", "getting-started-override"];
  const all = [...given, ...served, ...quiet.map((name) => `--disable-${name}`), ...args];
  for (let starts = 1; ; ++starts) {
    const child = spawn(program, all, { env, stdio: ["ignore", "pipe", "pipe"] });
    const log = { text: "" };
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => (log.text += data));
    try {
      await listening(child, log);
      return handleOf(child, port, profile, log);
    } catch (error) {
      child.kill("SIGKILL");
      if (starts === mostStarts || !/error timed out/.test(log.text)) throw error;
    }
  }
}
