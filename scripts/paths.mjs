// Where things are, for scripts that node runs. `bootstrap.sh` says the same to the shell, and why.
import os from "node:os";
import path from "node:path";

export const root = path.dirname(import.meta.dirname);
export const cache =
  process.env.MYDBA_CACHE ??
  (process.env.XDG_CACHE_HOME
    ? path.join(process.env.XDG_CACHE_HOME, "mydba")
    : process.getuid?.() === 0
      ? "/var/cache/mydba"
      : path.join(os.homedir(), ".cache", "mydba"));
