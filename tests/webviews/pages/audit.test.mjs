// The audit log in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, sent, shoot, status, withView } from "../page_test.mjs";

const details = (page) => page.locator("aside");

test("audit: a line for each entry, its details, the keyboard", async () => {
  await withView({ view: "audit" }, {}, async (page) => {
    await cell(page, 1, 4).getByText("DELETE FROM orders WHERE id = 1").waitFor();
    assert.equal(await cell(page, 2, 3).textContent(), "blocked");
    assert.equal(await cell(page, 3, 3).textContent(), "declined");
    assert.equal(await cell(page, 4, 3).textContent(), "no end entered");
    assert.equal(await cell(page, 5, 3).textContent(), "failed: server 42P01");
    await cell(page, 1, 4).click();
    await details(page).getByText("typed", { exact: true }).waitFor();
    await details(page).getByText("1,234").waitFor();
    await page.keyboard.press("ArrowDown");
    await details(page).getByText("DROP TABLE orders").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    assert.ok(await details(page).isHidden());
    await cell(page, 9, 4).click();
    const { width } = await cell(page, 9, 3).boundingBox();
    assert.ok(width < 240, `a long outcome takes ${width} pixels`);
    await shoot(page, "audit-hostile");
  });
});

test("audit: older entries come as they are scrolled to", async () => {
  await withView({ view: "audit" }, {}, async (page) => {
    await status(page).getByText("200 entries and older ones").waitFor();
    await page.locator(".grid-view").focus();
    await cell(page, 0, 0).click();
    for (let i = 0; i < 3; ++i) {
      await page.keyboard.press("Control+End");
      await page.waitForFunction(
        (pages) => window.sent.filter((m) => m.method === "audit/list").length >= pages,
        Math.min(i + 2, 3),
      );
    }
    await status(page).getByText("450 entries · kept: 365 days, 100 MB").waitFor();
    const asked = await sent(page, "audit/list");
    assert.deepEqual(
      asked.map(({ params }) => params.before),
      [undefined, 801, 601],
    );
  });
});

test("audit: filters are the helper's work; none matching says so", async () => {
  await withView({ view: "audit" }, {}, async (page) => {
    await cell(page, 0, 0).waitFor();
    await page.getByLabel("Who", { exact: true }).selectOption("chat");
    await status(page).getByText("1 entry ·").waitFor();
    await page.getByLabel("Search the log").fill("no such text");
    await page.getByText("No entry matches the filters.").waitFor();
    const { filter } = (await sent(page, "audit/list")).at(-1).params;
    assert.deepEqual(filter, { text: "no such text", actor: "chat" });
    await page.getByRole("button", { name: "Show all entries" }).click();
    await status(page).getByText("200 entries").waitFor();
    assert.equal(await page.getByLabel("Who", { exact: true }).inputValue(), "");
  });
});

test("audit: verify tells what is right and what is wrong", async () => {
  await withView({ view: "audit" }, {}, async (page) => {
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByRole("note").getByText("All 450 entries are as written").waitFor();
    await page.getByRole("note").getByText("70 older ones let go by retention.").waitFor();
  });
  const verdict = { valid: false, entries: 6, brokenAt: 7, reason: "the entry is missing" };
  await withView({ view: "audit", verdict }, {}, async (page) => {
    await page.getByRole("button", { name: "Verify" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("The log was changed at entry 7: the entry is missing.").waitFor();
    await shoot(page, "audit-broken");
  });
});

test("audit: exports go to a file that the user chooses", async () => {
  await withView({ view: "audit" }, {}, async (page) => {
    await cell(page, 0, 0).waitFor();
    await page.getByRole("button", { name: "CSV" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/save"));
    const [save] = await sent(page, "host/save");
    assert.match(save.params.suggestedName, /^mydba-audit-\d{4}-\d\d-\d\d\.csv$/);
    assert.equal(save.params.text, "as csv");
  });
});

test("audit: live brings what is new and keeps the selected entry", async () => {
  await withView({ view: "audit" }, {}, async (page) => {
    await cell(page, 1, 4).click();
    await page.evaluate(() =>
      window.hostScenario.add({ seq: 1001, sql: "TRUNCATE t", kind: "truncate", outcome: "done" }),
    );
    await page.getByRole("button", { name: "Live" }).click();
    await cell(page, 0, 4).getByText("TRUNCATE t").waitFor();
    await details(page).getByText("DELETE FROM orders").waitFor();
  });
});

test("audit: live leaves no entry out when more than a page came", async () => {
  await withView({ view: "audit" }, {}, async (page) => {
    await cell(page, 0, 0).waitFor();
    await page.evaluate(() => {
      for (let seq = 1001; seq <= 1250; ++seq) window.hostScenario.add({ seq, sql: `T${seq}` });
    });
    await page.getByRole("button", { name: "Live" }).click();
    await cell(page, 0, 4).getByText("T1250").click();
    await page.keyboard.press("Control+End");
    await page.waitForFunction(() => window.sent.some((m) => m.params.before !== undefined));
    assert.equal((await sent(page, "audit/list")).at(-1).params.before, 1051);
  });
});

test("audit: an empty log says what will be in it; one that cannot be read, why", async () => {
  await withView({ view: "audit", kind: "empty" }, {}, async (page) => {
    await page.getByText("Nothing has been entered yet").waitFor();
    await shoot(page, "audit-empty");
  });
  await withView({ view: "audit", kind: "error" }, {}, async (page) => {
    await page.getByText("audit.db: no permission").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await cell(page, 0, 0).waitFor();
  });
});
