// The package on a machine that has none of its libraries: a Debian of a C library and a shell.
//
// Everything the helper loads must then come from the package. The editor itself runs in there too, so
// what starts the helper is the extension, as for a user.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import { cache, root } from "../../scripts/paths.mjs";
import { extensionFile, inEditor, runCommand, webviewFrame } from "../extension/harness.mjs";

const bare = path.join(cache, "db", "bare-root");
const enter = [path.join(import.meta.dirname, "bare_root.sh"), bare];
const mostBytes = 30 * 1024 * 1024;
const postgres = process.env.MYDBA_TEST_POSTGRES;
const env = { ...process.env, MYDBA_CACHE: cache };

const inside = (...command) =>
  spawnSync(enter[0], [enter[1], ...command], { encoding: "utf8", env });

before(() => {
  mkdirSync(path.dirname(bare), { recursive: true });
  if (!existsSync(bare))
    execFileSync(
      path.join(root, "scripts/db.d/unpack.sh"),
      [
        "bookworm",
        bare,
        "base-files",
        "libc6",
        "libstdc++6",
        "bash",
        "dash",
        "coreutils",
        "ca-certificates",
      ],
      {
        env: { ...env, UNPACK_AS_IS: "1" },
        stdio: "inherit",
      },
    );
});

/** The installed files of the package, in a folder that is seen from inside too. */
function unpacked(use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-package-"));
  try {
    cpSync(path.join(root, "build/stage"), folder, { recursive: true });
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("the package is smaller than 30 MiB", () => {
  assert.ok(statSync(extensionFile).size < mostBytes);
});

test("the package carries a notice for every library", () => {
  const libraries = readdirSync(path.join(root, "build/stage/bin/lib")).filter((name) =>
    name.includes(".so"),
  );
  assert.ok(libraries.length > 5);
  assert.ok(existsSync(path.join(root, "build/stage/THIRD_PARTY_NOTICES.md")));
});

test("the bare system has none of the libraries", () => {
  const found = inside(
    "/bin/sh",
    "-c",
    "ls /usr/lib/x86_64-linux-gnu | grep -E 'libpq|libmariadb|libhiredis|libsqlite3|libssh|libsimdjson|libcurl' || echo none",
  );
  assert.equal(found.stdout.trim(), "none", found.stderr);
});

test(
  "the helper runs a query on PostgreSQL there",
  { skip: !postgres && "MYDBA_TEST_POSTGRES is not set" },
  () => {
    unpacked((folder) => {
      const helper = path.join(folder, "bin/mydba");
      const answer = inside(helper, "query", postgres, "select 6 * 7 as answer", "--format", "csv");
      assert.equal(answer.status, 0, answer.stderr);
      assert.match(answer.stdout, /answer\s+42/);
    });
  },
);

test(
  "the helper finds the client plugin that MySQL wants",
  { skip: !process.env.MYDBA_TEST_MYSQL && "MYDBA_TEST_MYSQL is not set" },
  () => {
    unpacked((folder) => {
      const helper = path.join(folder, "bin/mydba");
      const answer = inside(
        helper,
        "query",
        process.env.MYDBA_TEST_MYSQL,
        "select 6 * 7 as answer",
        "--format",
        "csv",
      );
      assert.equal(answer.status, 0, answer.stderr);
      assert.match(answer.stdout, /answer\s+42/);
    });
  },
);

test("a library path of the user's does not replace a bundled library", () => {
  unpacked((folder) => {
    const wrong = path.join(folder, "wrong");
    mkdirSync(wrong);
    for (const name of readdirSync(path.join(folder, "bin/lib")).filter((name) =>
      name.includes(".so"),
    ))
      writeFileSync(path.join(wrong, name), "not a library");
    const answer = spawnSync(path.join(folder, "bin/mydba"), ["--version"], {
      encoding: "utf8",
      env: { LD_LIBRARY_PATH: wrong },
    });
    assert.equal(answer.status, 0, answer.stderr);
    assert.match(answer.stdout, /^mydba /);
  });
});

test(
  "installed into a fresh editor there, it runs a query on PostgreSQL",
  { skip: !postgres && "MYDBA_TEST_POSTGRES is not set" },
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
    const file = path.join(folder, "answer.sql");
    const vsix = path.join(folder, "mydba.vsix"); // the repository is not seen from inside
    copyFileSync(extensionFile, vsix);
    writeFileSync(file, "select 6 * 7 as the_answer;\n");
    const { hostname, port, username, pathname } = new URL(postgres);
    const profile = {
      id: "package",
      name: "Package test",
      engine: "postgres",
      host: hostname,
      port: Number(port),
      user: username,
      database: pathname.slice(1),
    };
    try {
      await inEditor(
        "package",
        folder,
        async ({ page }) => {
          await page.locator(".editor-instance").getByText("the_answer").waitFor();
          await runCommand(page, "MyDBA: Run Statement");
          const input = page.locator(".quick-input-widget input");
          await page.locator(".quick-input-list").getByText("Package test").first().click();
          await page.locator(".quick-input-widget input[type=password]").waitFor();
          await input.last().fill(new URL(postgres).password);
          await page.keyboard.press("Enter");
          const frame = await webviewFrame(page, "[role=grid]");
          await frame.getByText("the_answer").first().waitFor();
          await frame.getByText("42", { exact: true }).first().waitFor();
        },
        {
          file,
          vsix: [vsix],
          launcher: enter,
          env: { MYDBA_CACHE: cache },
          settings: { "mydba.connections": [profile] },
        },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
