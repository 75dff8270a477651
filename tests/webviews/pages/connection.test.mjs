// The connection form in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, shoot, withView } from "../page_test.mjs";

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

/** Pastes as a person does, into what has the focus. */
const paste = (page, text) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", pasted);
    const options = { clipboardData, bubbles: true, cancelable: true };
    const isHandled = !document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
    if (!isHandled) document.execCommand("insertText", false, pasted);
  }, text);

/** What can be read on the page: texts, and inputs that are not password fields. */
const visibleText = (page) =>
  page.evaluate(() =>
    [
      document.body.innerText,
      ...[...document.querySelectorAll("input:not([type=password])")].map(({ value }) => value),
    ].join("\n"),
  );

for (const field of ["#url", "#field-host", "#field-name"])
  test(`connection: a URL pasted into ${field} fills every field, its password unseen`, async () => {
    await withView({ view: "connection" }, {}, async (page) => {
      await page.locator(field).focus();
      await paste(page, " two://anna:s3cret@db.example ");
      assert.ok(!(await visibleText(page)).includes("s3cret"), "while it is taken apart");
      await page.waitForFunction(() => document.querySelector("#field-host").value !== "");
      const value = (name) => page.locator(`#field-${name}`).inputValue();
      const values = await Promise.all(
        ["name", "host", "port", "user", "database", "password"].map(value),
      );
      assert.deepEqual(values, ["shop", "db.example", "3307", "anna", "shop", "s3cret"]);
      assert.ok(await page.getByLabel("Engine Two").isChecked());
      assert.ok(!(await visibleText(page)).includes("s3cret"));
    });
  });

test("connection: a URL that is not understood stays to be corrected, without its password", async () => {
  await withView({ view: "connection" }, {}, async (page) => {
    await page.locator("#url").fill("tow://anna:s3cret@db.example");
    await page.locator("#url").press("Enter");
    await page.getByText("Unknown scheme.").waitFor();
    assert.equal(await page.locator("#url").inputValue(), "tow://anna:***@db.example");
    assert.equal(await page.locator("#field-password").inputValue(), "s3cret");
    await page.locator("#url").fill("two://anna:***@db.example");
    await page.locator("#url").press("Enter");
    await page.waitForFunction(() => document.querySelector("#field-host").value === "db.example");
    assert.equal(await page.locator("#field-password").inputValue(), "s3cret");
    await page.locator("#url").fill("two://anna:a#b/c@db.example");
    await page.locator("#url").press("Enter");
    await page.waitForFunction(() => document.querySelector("#field-password").value === "a#b/c");
  });
});

test("connection: a stored password is forgotten by one press, and only when it is saved", async () => {
  const profile = { id: "p1", name: "Shop", engine: "one", host: "db.example" };
  await withView({ view: "connection", profile, hasPassword: true }, {}, async (page) => {
    await page.getByRole("button", { name: "Forget the stored password" }).click();
    await page.getByText("Saving forgets the stored password.").waitFor();
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Forget the stored password" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "host/saveConnection").length === 2,
    );
    const saved = await sent(page, "host/saveConnection");
    assert.deepEqual(
      saved.map(({ params }) => params),
      [{ profile }, { profile, password: "" }],
    );
  });
});

test("connection: what it is used for is explained, and is saved with what production allows", async () => {
  await withView({ view: "connection" }, {}, async (page) => {
    await page.getByText("Engine One").click();
    const allow = page.locator("#field-allowDestructive");
    assert.equal(await allow.isVisible(), false);
    await page.getByText("is asked about first").waitFor();
    await page.getByLabel("Used for").selectOption({ label: "Production" });
    await page.getByText("changes structure is blocked").waitFor();
    await allow.check();
    await page.locator("#field-readOnly").check();
    await shoot(page, "connection-production");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/saveConnection"));
    const { environment, allowDestructive, readOnly } = (await sent(page, "host/saveConnection"))[0]
      .params.profile;
    assert.deepEqual(
      { environment, allowDestructive, readOnly },
      {
        environment: "prod",
        allowDestructive: true,
        readOnly: true,
      },
    );
    // What only production has is not kept for another environment.
    await page.getByLabel("Used for").selectOption({ label: "Staging" });
    assert.equal(await allow.isVisible(), false);
    await page.getByRole("button", { name: "Save" }).click();
    const saved = await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "host/saveConnection")[1]?.params.profile,
    );
    const { environment: now, ...rest } = await saved.jsonValue();
    assert.equal(now, "staging");
    assert.equal(rest.allowDestructive, undefined);
  });
});
