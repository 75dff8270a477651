// What can be done from the plan, in Chromium: indexes tried and created, plans of before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, shoot, withView } from "../page_test.mjs";
import { themeNames } from "../themes.mjs";

const view = { view: "plan", facets: ["explain", "profile", "whatIf"] };
const card = (page, tree, name) =>
  page.getByRole("tree", { name: tree }).getByRole("treeitem", { name });
const questions = async (page) => (await sent(page, "host/confirm")).map(({ params }) => params);
const remedy = (page, name) => page.getByRole("button", { name, exact: true });
const tryIt = "Try it: Create an index on order_items (quantity)";
const create = "Create…: Create an index on order_items (quantity)";

async function openFinding(page) {
  await page.getByRole("treeitem").first().waitFor();
  await page.getByText("Why, and what to do").first().click();
}

test("a remedy's index is tried: today's plan beside the other, how it was found out", async () => {
  await withView(view, {}, async (page) => {
    await openFinding(page);
    await remedy(page, tryIt).click();
    await card(page, "Plan after", /^Index Scan, order_items/).waitFor();
    const [{ params }] = await sent(page, "whatif/indexes");
    assert.deepEqual(params.indexes, ["CREATE INDEX CONCURRENTLY ON order_items (quantity);"]);
    assert.equal(params.method, undefined);
    assert.deepEqual(await questions(page), [], "nothing is touched, nothing asked");
    await page.getByText("nothing was built").waitFor();
    await page.getByText("Sizes are estimates.").waitFor();
    await page.getByRole("listitem").getByText("about 39.1 MiB").waitFor();
    await page.getByText("4.0 times faster").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("tree", { name: "Plan", exact: true }).waitFor();
  });
});

test("a way that touches the server is taken after asking, with what it does", async () => {
  await withView({ ...view, whatIf: "touching" }, {}, async (page) => {
    await openFinding(page);
    await remedy(page, tryIt).click();
    await card(page, "Plan after", /^Index Scan, order_items/).waitFor();
    const [question] = await questions(page);
    assert.match(question.detail, /It creates a scratch schema/);
    assert.equal(question.action, "Use a Copy");
    const asked = await sent(page, "whatif/indexes");
    assert.deepEqual(
      asked.map(({ params }) => params.method),
      [undefined, "copy"],
    );
    await page.getByText("Planned in an emptied copy").waitFor();
  });
  await withView({ ...view, whatIf: "touching", confirm: false }, {}, async (page) => {
    await openFinding(page);
    await remedy(page, tryIt).click();
    await page.getByText("To try an index here, the server has to be touched.").waitFor();
    await page.getByRole("button", { name: "Use a Copy…" }).waitFor();
    await page.getByText("The extension hypopg is not installed.").waitFor();
    assert.equal((await sent(page, "whatif/indexes")).length, 1);
  });
});

test("where there is no way, why and what to do is said", async () => {
  await withView({ ...view, whatIf: "none" }, {}, async (page) => {
    await openFinding(page);
    await remedy(page, tryIt).click();
    await page.getByText("This server offers no way to try an index").waitFor();
    await page.getByText("The privilege CREATE on the database is missing.").waitFor();
    await page.getByRole("button", { name: "Copy the fix of: The extension hypopg" }).click();
    assert.equal((await sent(page, "host/copy"))[0].params.text, "CREATE EXTENSION hypopg;");
    await shoot(page, "plan-whatif-none");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByText("This server offers no way").waitFor({ state: "detached" });
  });
});

test("an index of one's own: typed, tried by the keyboard, remembered", async () => {
  await withView({ ...view, keeps: true }, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    const open = page.getByRole("button", { name: "Try an index…" });
    await open.click();
    const field = page.getByRole("textbox", { name: "Try an index that is not there" });
    assert.ok(await page.getByRole("button", { name: "Try it", exact: true }).isDisabled());
    const [a, b] = ["CREATE INDEX a ON orders (id)", "CREATE INDEX b ON customers (name)"];
    await field.fill(`${a}\n\n${b}\n`);
    await shoot(page, "plan-wish");
    await field.press("Control+Enter");
    await card(page, "Plan after", /^Index Scan, order_items/).waitFor();
    assert.deepEqual((await sent(page, "whatif/indexes"))[0].params.indexes, [a, b]);
    await page.getByText("not used").waitFor();
    await page.getByRole("button", { name: "Back to the plan" }).click();
    await field.waitFor();
    await field.press("Escape");
    await field.waitFor({ state: "detached" });
    assert.equal(await open.getAttribute("aria-expanded"), "false");
    await page.waitForFunction(() => window.state.wish !== undefined);
    await page.reload();
    await open.click();
    assert.match(await field.inputValue(), /^CREATE INDEX a/);
  });
});

test("an index is created after asking, the plan measured again after asking, and taken back", async () => {
  await withView(view, {}, async (page) => {
    await openFinding(page);
    await remedy(page, create).click();
    await page.getByText("Done, and it can be taken back.").waitFor();
    await card(page, "Plan after", /^Index Scan, order_items/).waitFor();
    const asked = await questions(page);
    assert.deepEqual(
      asked.map(({ action }) => action),
      ["Create", "Measure"],
    );
    assert.match(asked[0].detail, /CREATE INDEX CONCURRENTLY.*\n\nEach write to order_items/);
    const explains = await sent(page, "plan/explain");
    assert.deepEqual(
      explains.map(({ params }) => params.analyze),
      [false, true],
    );
    await page.getByRole("button", { name: "Back to the plan" }).click();
    await page.getByRole("button", { name: "Undo: Drop the index" }).click();
    await page.getByText("Taken back. This is the plan without it.").waitFor();
    await page.locator('.card[aria-label^="Seq Scan"]').waitFor();
    const runs = await sent(page, "query/run");
    assert.equal(runs.at(-1).params.sql, "DROP INDEX order_items_quantity_idx");
  });
});

test("a profiled plan is proved by another profile, and both are drawn", async () => {
  await withView(view, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    await page.getByRole("button", { name: /^Profile/ }).click();
    await page.getByRole("tab", { name: "Plan", exact: true }).click();
    await openFinding(page);
    await remedy(page, create).click();
    await page.getByText("Done, and it can be taken back.").waitFor();
    await page.locator(".verdict").waitFor();
    assert.equal((await sent(page, "profile/run")).length, 2);
    assert.equal((await sent(page, "plan/explain")).length, 1, "only the first plan");
    await page.getByRole("button", { name: "Back to the plan" }).click();
    await page.locator(".timeline.compared").waitFor();
    await page.getByRole("button", { name: "Undo: Drop the index" }).waitFor();
  });
});

test("an estimated plan is proved by an estimated one; in production only the guard asks", async () => {
  const about = { environment: "prod", connectionName: "Shop" };
  await withView({ ...view, estimated: true, about }, {}, async (page) => {
    await openFinding(page);
    await remedy(page, create).click();
    await card(page, "Plan after", /^Index Scan, order_items/).waitFor();
    assert.deepEqual(await questions(page), [], "the helper asks on its own way");
    assert.equal((await sent(page, "plan/explain")).at(-1).params.analyze, false);
  });
});

test("what the guard refuses stays undone and can be tried again; a read-only connection offers nothing", async () => {
  await withView({ ...view, guard: "refuses" }, {}, async (page) => {
    await openFinding(page);
    await remedy(page, create).click();
    await page.getByRole("alert").getByText("The statement was not confirmed.").waitFor();
    assert.equal((await sent(page, "plan/explain")).length, 1);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForFunction(
      () => window.sent.filter(({ method }) => method === "query/run").length === 2,
    );
  });
  await withView({ ...view, about: { readOnly: true } }, {}, async (page) => {
    await openFinding(page);
    await remedy(page, tryIt).waitFor();
    assert.equal(await remedy(page, create).count(), 0);
  });
});

test("an index that waits for a decision is proved after it", async () => {
  await withView({ ...view, held: 60_000 }, {}, async (page) => {
    await openFinding(page);
    await remedy(page, create).click();
    await page.getByRole("button", { name: "Commit" }).waitFor();
    const [atClose] = (await sent(page, "host/atClose")).map(({ params }) => params.requests);
    assert.equal(atClose[0].method, "transaction/end");
    assert.equal((await sent(page, "plan/explain")).length, 1);
    await page.getByRole("button", { name: "Commit" }).click();
    await card(page, "Plan after", /^Index Scan, order_items/).waitFor();
    assert.deepEqual((await sent(page, "host/atClose")).at(-1).params.requests, []);
  });
});

test("plans of before: shown, compared, pinned; a regression leads to the one it is measured by", async () => {
  await withView({ ...view, regression: true }, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    await page.getByRole("heading", { name: "Plan", exact: true }).click();
    const when = "2026-02-03 04:05";
    const act = (action) => page.getByRole("button", { name: `${action} the plan of ${when}` });
    const pin = act("Pin");
    assert.equal(await pin.getAttribute("aria-pressed"), "true");
    await pin.click();
    await page.getByText("Pin", { exact: true }).waitFor();
    assert.deepEqual((await sent(page, "plan/pin"))[0].params, { id: 7, pinned: false });
    await act("Show").click();
    await page.getByText("A plan that was kept, last seen 2026-02-03 04:05").waitFor();
    await page.locator('.card[aria-label^="Index Scan, order_items"]').waitFor();
    await page.getByRole("button", { name: "Back to the present plan" }).click();
    await page.locator('.card[aria-label^="Seq Scan"]').waitFor();
    const finding = page.locator(".finding", { hasText: "Slower than with an earlier plan" });
    await finding.locator("summary").first().click();
    await finding.getByRole("button", { name: "Compare with the earlier plan" }).click();
    await page.getByRole("heading", { name: /^2026-02-03 04:05/ }).waitFor();
    assert.deepEqual((await sent(page, "plan/recall")).at(-1).params, { id: 7 });
    await shoot(page, "plan-earlier-compare");
  });
});

for (const theme of themeNames)
  test(`looks of the plan's actions in ${theme}`, async () => {
    await withView(view, { theme, reducedMotion: "reduce" }, async (page) => {
      await openFinding(page);
      await page.getByRole("heading", { name: "Plan", exact: true }).click();
      await shoot(page, `plan-actions-${theme}`);
      await remedy(page, tryIt).click();
      await card(page, "Plan after", /^Index Scan, order_items/).waitFor();
      await shoot(page, `plan-whatif-${theme}`);
      await page.getByRole("button", { name: "Create…" }).click();
      await page.getByText("Done, and it can be taken back.").waitFor();
      await shoot(page, `plan-fix-${theme}`);
    });
    await withView({ ...view, whatIf: "touching", confirm: false }, { theme }, async (page) => {
      await openFinding(page);
      await remedy(page, tryIt).click();
      await page.getByRole("button", { name: "Use a Copy…" }).waitFor();
      await shoot(page, `plan-ways-${theme}`);
    });
  });
