// The connection form in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, withView } from "../page_test.mjs";

test("connection: URL, test, save; the password is never kept", async () => {
  await withView({ view: "connection" }, {}, async (page) => {
    await page.locator("#url").fill("two://anna:s3cret@db.example");
    await page.getByRole("button", { name: "Use" }).click();
    await page.waitForFunction(() => document.querySelector("#field-host").value === "db.example");
    assert.equal(await page.locator("#field-password").inputValue(), "s3cret");
    await page.locator("#field-name").fill("My shop");
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("It works: PostgreSQL 18.0").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/saveConnection"));
    const [{ params }] = await sent(page, "host/saveConnection");
    const { id, ...profile } = params.profile;
    assert.match(id, /^[0-9a-f-]{36}$/);
    const expected = {
      name: "My shop",
      engine: "two",
      host: "db.example",
      user: "anna",
      database: "shop",
      port: 3307,
    };
    assert.deepEqual(profile, expected);
    assert.equal(params.password, "s3cret");
    assert.ok(!(await page.evaluate(() => JSON.stringify(window.state))).includes("s3cret"));
  });
});

test("connection: what is wrong is said; a file engine asks for a file; an edit keeps the password", async () => {
  const profile = { id: "p1", name: "Shop", engine: "one", host: "bad" };
  await withView({ view: "connection", profile, hasPassword: true }, {}, async (page) => {
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("Check user and password.").waitFor();
    await page.locator("#field-port").fill("99999");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("A port is a number").waitFor();
    assert.equal((await sent(page, "host/saveConnection")).length, 0);
    await page.locator("#field-port").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/saveConnection"));
    assert.deepEqual((await sent(page, "host/saveConnection"))[0].params, { profile });
    await page.getByText("File Engine").click();
    await page.getByRole("button", { name: "Browse" }).click();
    await page.waitForFunction(
      () => document.querySelector("#field-path").value === "/data/shop.db",
    );
  });
});
