// The plan view in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, shoot, withView } from "../page_test.mjs";
import { themeNames } from "../themes.mjs";

const step = (page, name) => page.getByRole("treeitem", { name });
const shown = (page, name) => page.locator(".step-title", { hasText: name }).waitFor();
const tab = (page, name) => page.getByRole("tab", { name }).click();

test("the plan: keyboard along the tree, collapse, search, findings", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await shown(page, "Hash Aggregate");
    await page.keyboard.press("Enter");
    await step(page, /^Hash Join/).waitFor({ state: "detached" });
    await page.getByText("+5").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("orders_created");
    await page.getByText("1 of 1", { exact: true }).waitFor();
    await step(page, /^Index Scan/).waitFor();
    await page.getByRole("button", { name: /order_items is read in full/ }).click();
    await shown(page, "Seq Scan");
    assert.equal(await page.locator(".card.is-critical .badge").textContent(), "critical");
  });
});

test("search goes forth and back, counts, and says where it is", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("scan");
    await page.getByText("1 of 3", { exact: true }).waitFor();
    assert.equal(await page.locator(".card.found").count(), 3);
    await page.keyboard.press("Enter");
    await page.getByText("2 of 3", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Previous" }).click();
    await page.getByText("1 of 3", { exact: true }).waitFor();
    await page.getByRole("status").getByText("Seq Scan order_items").waitFor({ state: "attached" });
    await page.getByRole("searchbox").press("Escape");
    assert.equal(await page.locator(".card.found").count(), 0);
  });
});

test("one selection in every way to look at the plan, and in the statement", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    const name = page.locator(".sql-name");
    await name.filter({ hasText: /^orders$/ }).click();
    await shown(page, "Index Scan");
    assert.match(await page.locator(".card.selected").textContent(), /orders_created_at_idx/);
    await page.keyboard.press("2");
    assert.match(await page.locator(".icicle-bar.selected").textContent(), /Index Scan orders/);
    await page.keyboard.press("3");
    const row = page.getByRole("row", { selected: true });
    assert.match(await row.textContent(), /Index Scan.*orders_created_at_idx/);
    await row.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await shown(page, "Seq Scan");
    assert.equal(await page.locator(".sql-name.selected").textContent(), "order_items");
    await page.keyboard.press("4");
    assert.match(
      await page.locator(".line.selected").first().textContent(),
      /Seq Scan order_items/,
    );
    await page.keyboard.press("5");
    assert.match(await page.locator(".line.selected").textContent(), /"order_items"/);
    await page.keyboard.press("1");
    await page.locator('.card.selected[aria-label^="Seq Scan"]').waitFor();
  });
});

test("zoom, text and source as copies, the answer indented", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    const scale = () => page.locator(".world").evaluate((e) => new DOMMatrix(e.style.transform).a);
    const before = await scale();
    await page.getByRole("button", { name: "Zoom in" }).click();
    assert.ok((await scale()) > before * 1.2);
    await page.getByRole("button", { name: /Fit/ }).click();
    await tab(page, "Source");
    assert.match(await page.locator(".line").nth(2).textContent(), /^ +"Plan": \{/);
    await tab(page, "Text");
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    assert.match((await sent(page, "host/copy"))[0].params.text, /^Limit/);
  });
});

test("the table: columns that say something, folding by the arrows", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    await tab(page, "Table");
    const rows = page.locator(".table-row");
    assert.equal(await rows.count(), 8);
    await rows.nth(3).click();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await rows.count(), 4);
    assert.equal(await rows.nth(3).getAttribute("aria-expanded"), "false");
    await page.keyboard.press("ArrowRight");
    assert.equal(await rows.count(), 8);
    assert.match(await rows.nth(4).textContent(), /≈ 1.2 M/, "averaged numbers are marked");
    await page.getByRole("columnheader", { name: "Pages read" }).waitFor();
    await shoot(page, "plan-table");
  });
});

test("heat by any number, with a legend; what is harmless folds away", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    assert.equal(await page.locator(".card.heat-3").count(), 1, "48 % of the time");
    await page.getByRole("combobox", { name: "Heat by" }).selectOption("estimate");
    await page.getByRole("note", { name: "Heat: Estimate off" }).waitFor();
    await step(page, /^Hash Join.*Estimate off ▲ 13×/).waitFor();
    assert.equal(await page.locator(".card.heat-below").count(), 1, "the sort got fewer");
    await page.getByRole("combobox", { name: "Heat by" }).selectOption("time");
    await page.getByRole("button", { name: "Fold…" }).click();
    await page.getByRole("menuitem", { name: /under 10 %/ }).click();
    assert.equal(await page.getByRole("treeitem").count(), 8, "279 ms below Hash are 15 %");
    await page.getByRole("combobox", { name: "Heat by" }).selectOption("estimate");
    await page.getByRole("button", { name: "Fold…" }).click();
    await page.getByRole("menuitem", { name: /estimated well/ }).click();
    assert.equal(await page.getByRole("treeitem").count(), 6, "Hash hides two");
    await page.getByRole("button", { name: "Fold…" }).click();
    await page.getByRole("menuitem", { name: "Show every step" }).click();
    assert.equal(await page.getByRole("treeitem").count(), 8);
    const { choices } = await page.evaluate(() =>
      new Promise((r) => setTimeout(r, 80)).then(() => window.state),
    );
    assert.equal(choices.metric, "estimate", "the choice is kept");
  });
});

test("the icicle: bars as wide as their part, zoom into one and back", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    await tab(page, "Icicle");
    const width = async (name) => (await step(page, name).boundingBox()).width;
    const part = (await width(/^Seq Scan/)) / (await width(/^Limit/));
    assert.ok(Math.abs(part - 890.2 / 1825.92) < 0.01, `${part}`);
    await step(page, /^Hash,/).click();
    await page.keyboard.press("Enter");
    assert.equal(Math.round(await width(/^Hash,/)), Math.round(await width(/^Limit/)));
    await page.keyboard.press("Escape");
    assert.ok((await width(/^Hash,/)) < (await width(/^Limit/)) / 3);
  });
});

test("findings: filter, weight, evidence, remedy to copy; plan-wide facts", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    await page
      .getByText(
        "certain · 890.2 ms · 48 % of the time · 796 k rows for nothing · at Seq Scan order_items oi",
      )
      .waitFor();
    await page.getByText("Why, and what to do").first().click();
    await page.getByRole("button", { name: /^Copy SQL/ }).click();
    assert.match((await sent(page, "host/copy"))[0].params.text, /^CREATE INDEX/);
    await page.getByText("Evidence: 2 numbers").click();
    await page.getByText("Threshold").waitFor();
    await page.getByRole("button", { name: "1 critical" }).click();
    await page
      .getByRole("button", { name: /order_items is read in full/ })
      .waitFor({ state: "hidden" });
    await page.getByRole("heading", { name: "Plan", exact: true }).click();
    await page.getByText("statistics are stale: 31 % changed since").waitFor();
    await page.getByText("orders_audit").waitFor();
    await page.getByText("Compilation (JIT)").waitFor();
    const earlier = page.locator(".history");
    assert.match(await earlier.textContent(), /pinnedmeasured · 61\.5 ms · seen 12× · 17\.2/);
    await step(page, /^Seq Scan/).click();
    await page.getByRole("table", { name: "Workers" }).waitFor();
  });
});

test("export as SVG, PNG, text, the server's answer and JSON", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await step(page, /^Limit/).waitFor();
    for (const name of ["SVG", "PNG", "Text", "server's answer", "JSON"]) {
      await page.getByRole("button", { name: "Export…" }).click();
      await page.getByRole("menuitem", { name }).click();
    }
    const files = (await sent(page, "host/save")).map(({ params }) => params);
    const [svg, png, text, raw, json] = files;
    assert.match(svg.text, /^<svg [^>]*viewBox="[-\d ]+"/);
    assert.equal(svg.text.match(/order_items oi/g).length, 1);
    assert.equal(Buffer.from(png.base64, "base64").toString("latin1", 1, 4), "PNG");
    assert.match(text.text, /^Limit/);
    assert.deepEqual([raw.suggestedName, json.suggestedName], ["query.plan.json", "explain.json"]);
    assert.equal(JSON.parse(json.text).findings.length, 3);
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

/** Milliseconds that the page's main thread has worked since: those that others took from it do not count. */
async function workMeter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const work = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  };
  const before = await work();
  return async () => (await work()) - before;
}

test("a plan of 10,000 steps draws what is in view in every way, pans and folds at once", async () => {
  const settings = { view: "plan", kind: "large", steps: 10_000 };
  await withView(settings, { theme: "light" }, async (page) => {
    await page.getByRole("treeitem").first().click();
    const elements = () => page.locator(".stage *").count();
    assert.ok((await elements()) < 1500, `${await elements()} elements`);
    const worked = await workMeter(page);
    for (let i = 0; i < 10; ++i) await page.keyboard.press("ArrowDown");
    assert.ok((await worked()) < 2000, `${await worked()} ms for ten steps`);
    await shoot(page, "plan-large");
    for (const key of ["2", "3", "4", "5"]) {
      await page.keyboard.press(key);
      assert.ok((await elements()) < 8000, `${await elements()} elements in way ${key}`);
      await shoot(page, `plan-large-${key}`);
    }
  });
});

test("from afar steps are spots that can be chosen; the map moves the view", async () => {
  await withView({ view: "plan", kind: "large" }, {}, async (page) => {
    await page.getByRole("treeitem").first().click();
    const place = () => page.locator(".world").evaluate((e) => e.style.transform);
    const before = await place();
    const map = page.getByRole("group", { name: /^Map of the plan/ });
    await map.press("ArrowRight");
    assert.notEqual(await place(), before);
    await map.click({ position: { x: 150, y: 60 } });
    await shoot(page, "plan-large-map");
    await page
      .locator(".surface")
      .focus()
      .catch(() => undefined);
    await page.getByRole("button", { name: /Fit/ }).click();
    await page.locator(".spots:visible").waitFor();
    await map.waitFor({ state: "hidden" });
    assert.ok((await page.getByRole("treeitem").count()) <= 1);
    await shoot(page, "plan-large-fit");
  });
});

test("a failed explain says why", async () => {
  await withView({ view: "plan", kind: "error" }, {}, async (page) => {
    await page.getByText('relation "missing" does not exist').waitFor();
    await page.getByText("Create it first.").waitFor();
  });
});

const compared = { view: "plan", kind: "compare" };

test("two plans: the verdict, matched steps selected together, what changed in numbers", async () => {
  await withView(compared, {}, async (page) => {
    await page.getByRole("note").getByText("4.0 times faster").waitFor();
    const [before, after] = ["Plan before", "Plan after"].map((name) =>
      page.getByRole("tree", { name }),
    );
    await before.getByRole("treeitem", { name: /^Seq Scan/ }).click();
    const selected = (tree) => tree.locator(".card.selected").getAttribute("aria-label");
    assert.match(await selected(after), /^Index Scan, order_items.*replaced/);
    const line = page.getByRole("button", { name: /became Index Scan/ });
    assert.equal(await line.getAttribute("aria-current"), "true");
    await before.getByRole("treeitem", { name: /^Sort.*removed/ }).click();
    assert.match(await selected(after), /^Index Scan, order_items/, "nothing to go to");
    await page.getByText("2 differences").click();
    await page.getByText("÷ 14").waitFor();
    assert.equal(await page.getByRole("button", { name: /^same/ }).count(), 0);
    await page.getByRole("button", { name: "4 same" }).click();
    assert.equal(await page.locator(".changes li:visible").count(), 8);
    await page.getByRole("button", { name: "Copy" }).click();
    const { text } = (await sent(page, "host/copy"))[0].params;
    assert.match(text, /^4\.0 times faster.*\n- changed: Limit[^]*- 4 steps as before\n$/);
  });
});

test("two plans in a narrow panel stand below one another", async () => {
  await withView(compared, { width: 400, height: 900 }, async (page) => {
    const [a, b] = await page
      .locator(".pane")
      .evaluateAll((panes) => panes.map((pane) => pane.getBoundingClientRect().toJSON()));
    assert.ok(b.top >= a.bottom && b.left === a.left);
    assert.ok(a.height > 150 && b.height > 150);
    await shoot(page, "plan-compare-narrow");
  });
});

for (const theme of themeNames)
  test(`looks of the plan in ${theme}`, async () => {
    await withView({ view: "plan" }, { theme, reducedMotion: "reduce" }, async (page) => {
      await step(page, /^Seq Scan/).click();
      await page.getByText("Why, and what to do").first().click();
      await page.getByRole("heading", { name: "Plan", exact: true }).click();
      for (const name of ["Icicle", "Table", "Text", "Source"]) {
        await tab(page, name);
        await shoot(page, `plan-${name.toLowerCase()}-${theme}`);
      }
    });
  });

for (const theme of themeNames)
  test(`looks of two plans in ${theme}`, async () => {
    await withView(compared, { theme, reducedMotion: "reduce" }, async (page) => {
      const before = page.getByRole("tree", { name: "Plan before" });
      await before.getByRole("treeitem", { name: /^Seq Scan/ }).click();
      await shoot(page, `plan-compare-${theme}`);
    });
  });

test("a log with several plans offers them, a text without one says what can be read", async () => {
  await withView({ view: "plan", kind: "saved" }, {}, async (page) => {
    await page.getByRole("heading", { name: "slow.log holds 2 plans" }).waitFor();
    await page.getByRole("listitem").getByRole("button").first().click();
    await step(page, /^Limit/).waitFor();
    assert.equal(await page.getByRole("button", { name: "Analyze…" }).isVisible(), false);
  });
  await withView({ view: "plan", kind: "saved", text: "hello" }, {}, async (page) => {
    await page.getByRole("alert").getByText("slow.log: this text holds no query plan").waitFor();
    await page.getByText("Give EXPLAIN's output.").waitFor();
    await page.getByRole("button", { name: "Try again" }).waitFor();
  });
});

test("the tools stand on one line with the tabs, with the words for which there is room", async () => {
  await withView({ view: "plan" }, { width: 1700, height: 700 }, async (page) => {
    await page.locator(".card").first().waitFor();
    const bar = page.locator(".bar", { has: page.getByLabel("Search steps") });
    const { height } = await bar.boundingBox();
    const words = async () =>
      (await bar.locator(".label").evaluateAll((labels) => labels.filter((l) => l.offsetWidth > 1)))
        .length;
    const counts = [await words()];
    for (const width of [1440, 1300, 1110, 900]) {
      await page.setViewportSize({ width, height: 700 });
      // Fitted in the frame after the window has changed.
      const isFitted = ([element, wide, high]) =>
        innerWidth === wide && element.offsetHeight === high;
      await page.waitForFunction(isFitted, [await bar.elementHandle(), width, height]);
      counts.push(await words());
    }
    assert.ok(counts[0] > counts[1] && counts[1] > counts[4], `fewer words: ${counts}`);
    await shoot(page, "plan-900");
  });
});
