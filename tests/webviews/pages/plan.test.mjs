// The plan view in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, shoot, withView } from "../page_test.mjs";

test("the plan: keyboard along the tree, collapse, search, findings", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    const root = page.getByRole("treeitem", { name: /^Limit/ });
    await root.click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "Hash Aggregate" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("treeitem", { name: /^Hash Join/ }).waitFor({ state: "detached" });
    await page.getByText("+5").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("orders_created");
    await page.getByText("1 of 1").waitFor();
    await page.getByRole("treeitem", { name: /^Index Scan/ }).waitFor();
    await page.getByRole("button", { name: /order_items is read in full/ }).click();
    await page.getByRole("heading", { name: "Seq Scan" }).waitFor();
    assert.equal(await page.locator(".card.is-critical .badge").textContent(), "critical");
  });
});

test("the plan: zoom, table, text, raw, copy", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    const scale = () => page.locator(".world").evaluate((e) => new DOMMatrix(e.style.transform).a);
    const before = await scale();
    await page.getByRole("button", { name: "Zoom in" }).click();
    assert.ok((await scale()) > before * 1.2);
    await page.getByRole("button", { name: /Fit/ }).click();
    await page.getByRole("tab", { name: "Table" }).click();
    assert.equal(await page.locator("tbody tr").count(), 8);
    await shoot(page, "plan-table");
    await page.getByRole("tab", { name: "Raw" }).click();
    assert.match(await page.locator(".plan-text").textContent(), /"Node Type": "Limit"/);
    await page.getByRole("tab", { name: "Text" }).click();
    await page.getByRole("button", { name: "Copy" }).click();
    assert.match((await sent(page, "host/copy"))[0].params.text, /^Limit/);
  });
});

test("analysing asks first", async () => {
  await withView({ view: "plan", confirm: false }, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    await page.getByRole("button", { name: "Analyze" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/confirm"));
    const explains = await sent(page, "plan/explain");
    assert.deepEqual(
      explains.map((m) => m.params.analyze),
      [false],
    );
  });
});

test("a plan of 1,000 steps draws what is in view and pans at once", async () => {
  await withView({ view: "plan", kind: "large" }, { theme: "light" }, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    const count = () => page.getByRole("treeitem").count();
    assert.ok((await count()) < 200, `${await count()} nodes have elements`);
    await page.getByRole("treeitem").first().click();
    const started = Date.now();
    for (let i = 0; i < 10; ++i) await page.keyboard.press("ArrowDown");
    assert.ok(Date.now() - started < 2000, `${Date.now() - started} ms for ten steps`);
    await shoot(page, "plan-large");
    await page.keyboard.press("0");
    await page.waitForFunction(() => document.querySelectorAll("[role=treeitem]").length > 900);
    await shoot(page, "plan-large-fit");
  });
});

test("a failed explain says why", async () => {
  await withView({ view: "plan", kind: "error" }, {}, async (page) => {
    await page.getByText('relation "missing" does not exist').waitFor();
    await page.getByText("Create it first.").waitFor();
  });
});
