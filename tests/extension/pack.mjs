// Extensions that are only for tests, packed as the editor installs them.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { root } from "../../scripts/paths.mjs";

/** Packs the extension of `folder` into the file `out`, and returns its path. */
export function pack(folder, out) {
  const allowed = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
  const args = ["package", ...allowed, "--out", out];
  execFileSync(path.join(root, "node_modules/.bin/vsce"), args, { cwd: folder, stdio: "ignore" });
  return out;
}
