// The helper killed while it streams: the user is told once, it is back at once, and one that keeps
// dying is not started for ever.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { helperPid, inEditor, notification, runCommand } from "./harness.mjs";
import * as steps from "./steps.mjs";

const url = process.env.MYDBA_TEST_POSTGRES;
const backWithinMs = 1000;
// More rows than the panel asks for at once, so that the stream is open when the helper dies.
const endless = "SELECT n, repeat('row', 30) FROM generate_series(1, 50000000) AS t(n);\n";

/** Milliseconds since the machine was started, now and when a process was. */
const sinceBoot = () => Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1000;
function startOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]) * 10; // proc(5): field 22
}

/** Kills the helper; resolves once there is another, with the milliseconds after which that was started. */
async function killHelper(profile) {
  const pid = await steps.until(() => helperPid(profile), "the helper");
  const since = sinceBoot();
  process.kill(pid, "SIGKILL");
  const next = await steps.until(() => {
    const found = helperPid(profile);
    return found !== pid && found;
  }, "a new helper");
  return startOf(next) - since;
}

test(
  "a helper that dies is told once, comes back, and is given up when it keeps dying",
  {
    skip: url ? false : "MYDBA_TEST_POSTGRES is not set",
  },
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
    writeFileSync(path.join(folder, "endless.sql"), endless);
    try {
      await inEditor(
        "crash",
        folder,
        async ({ page, editor }) => {
          const { profile } = editor;
          const stopped = page.locator(".notification-list-item", { hasText: /helper stopped/ });
          await steps.openSidebar(page);
          await steps.addConnection(page, "server", url);
          await steps.openTree(page, ["server", "mydba", "pg_catalog"]);
          await steps.openSql(page, "endless.sql", "server");
          const rows = await steps.run(page, "server");

          const ms = await killHelper(profile);
          assert.ok(ms < backWithinMs, `back after ${ms} ms`);
          await notification(page, /helper stopped unexpectedly/);
          await rows
            .getByText(/helper stopped/)
            .first()
            .waitFor();
          assert.equal(await stopped.count(), 1);

          // The tree connects again, with the same password, when it is used.
          await runCommand(page, "MyDBA: Refresh All");
          await steps.openTree(page, ["server", "mydba", "pg_catalog", "Tables"]);
          assert.equal(await stopped.count(), 1);

          let deaths = 1;
          for (; deaths < 4; ++deaths) await killHelper(profile);
          assert.equal(await stopped.count(), 1, "one notification for the whole series");
          process.kill(await steps.until(() => helperPid(profile), "the helper"), "SIGKILL");
          await notification(page, /is not started again by itself/);
          assert.equal(helperPid(profile), undefined);
          await steps.shots(page, "crash-given-up");

          await stopped.getByRole("button", { name: "Restart" }).click();
          await steps.until(() => helperPid(profile), "the helper that was asked for");
          await runCommand(page, "MyDBA: Refresh All");
          await steps.openTree(page, ["server", "mydba", "pg_catalog", "Tables"]);
        },
        { settings: { "window.autoDetectColorScheme": true } },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
