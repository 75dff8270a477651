// What holds for every view: hostile texts, manifests, looks in each theme.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { cell, shoot, withView } from "../page_test.mjs";
import { hostile } from "../scenarios/hostile.mjs";
import { themeNames } from "../themes.mjs";

test("hostile names and values are text everywhere", async () => {
  const texts = hostile();
  await withView({ view: "results", kind: "hostile" }, {}, async (page) => {
    await cell(page, 0, 0).waitFor();
    assert.equal(await cell(page, 0, 0).textContent(), texts[0]);
    assert.equal(await page.locator(".column-name").first().textContent(), texts[0]);
    await shoot(page, "results-hostile");
    await cell(page, 9, 0).dblclick();
    assert.equal((await page.locator(".cell-text").textContent()).length, 10_000);
  });
  await withView({ view: "plan", kind: "hostile" }, {}, async (page) => {
    await page.getByRole("treeitem", { name: /quoted/ }).click();
    await page.locator("summary").first().click();
    assert.equal(await page.locator("a").count(), 0, "only web addresses become links");
    await shoot(page, "plan-hostile");
  });
  await withView({ view: "processes" }, {}, async (page) => {
    await page.locator('tr[data-id="200"]').click();
    await page.getByRole("heading", { name: "Session 200" }).waitFor();
    assert.equal(await page.locator(".sql").textContent(), texts[0]);
  });
  await withView({ view: "workload" }, {}, async (page) => {
    await page.locator('tr[data-id="5"]').click();
    await page.getByRole("heading", { name: "Statement 6" }).waitFor();
    assert.equal(await page.locator(".sql").first().textContent(), texts[0]);
    assert.equal(await page.locator(".attempts p").first().textContent(), texts[0]);
    await shoot(page, "workload-hostile");
  });
});

test("every view keeps to its view.json", async () => {
  const root = path.resolve(import.meta.dirname, "../../..");
  for (const id of ["results", "plan", "processes", "workload", "connection", "audit", "ai"]) {
    const view = JSON.parse(readFileSync(path.join(root, "webviews", id, "view.json"), "utf8"));
    const bundle = readFileSync(path.join(process.env.MYDBA_WEB_DIST, `webviews/${id}.js`), "utf8");
    for (const method of view.methods)
      assert.ok(bundle.includes(`"${method}"`), `${id}: ${method}`);
    const used = bundle.matchAll(/bridge_?\.(?:action|ask)\("(\w+)"/g);
    for (const [, action] of used) assert.ok(view.hostActions.includes(action), `${id}: ${action}`);
    for (const file of readdirSync(path.join(root, "webviews", id))) {
      const source = readFileSync(path.join(root, "webviews", id, file), "utf8");
      assert.ok(!/innerHTML|outerHTML|insertAdjacentHTML|\.html\(/.test(source), `${id}/${file}`);
    }
  }
});

/** Parts of the toolbar that lie upon one another or stick out of the window. */
const misplaced = (page) =>
  page.locator(".bar :is(input, label, button, select):visible").evaluateAll((elements) => {
    const boxes = elements.map((element) => ({ element, box: element.getBoundingClientRect() }));
    const meet = (a, b) =>
      !a.element.contains(b.element) &&
      !b.element.contains(a.element) &&
      a.box.left < b.box.right - 1 &&
      b.box.left < a.box.right - 1 &&
      a.box.top < b.box.bottom - 1 &&
      b.box.top < a.box.bottom - 1;
    return [
      ...boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b))),
      ...boxes.filter(({ box }) => box.left < 0 || box.right > innerWidth),
    ].map(({ element }) => element.outerHTML.slice(0, 80));
  });

for (const [view, ready] of [
  ["processes", "tbody tr"],
  ["workload", "tbody tr"],
  ["plan", ".card"],
  ["results", ".grid-cell"],
  ["audit", ".grid-cell"],
])
  for (const width of [320, 420, 626])
    test(`${view} in ${width} pixels: every tool is in sight, none lies upon another`, async () => {
      await withView({ view, rows: 100 }, { width, height: 300 }, async (page) => {
        await page.locator(ready).first().waitFor();
        assert.deepEqual(await misplaced(page), []);
        await shoot(page, `${view}-${width}`);
      });
    });

/** Walks through a view by Tab until the first stop comes again; what each stop is and looks like. */
async function tabStops(page) {
  const stops = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return { end: true };
      const end = element.dataset.visited === "true";
      element.dataset.visited = "true";
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const labels = [...(element.labels ?? [])].map(({ textContent }) => textContent);
      const name = element.ariaLabel ?? (labels.join(" ") || element.textContent.trim());
      const what = element.outerHTML.slice(0, 100);
      return { end, name, what, ring: outlineStyle !== "none" && outlineWidth !== "0px" };
    });
    if (stop.end && stops.length > 0) return stops;
    if (!stop.end) stops.push(stop);
  }
}

/** With an answer beside the plan there is more to reach. */
const withAnswer = async (page) => {
  await page.getByRole("button", { name: "Ask @mydba" }).click();
  await page.locator(".answer .sent").waitFor();
  await page.locator("body").click({ position: { x: 2, y: 2 } });
};

for (const [view, ready, prepare = () => {}] of [
  ["processes", "tbody tr"],
  ["processes", "tbody tr", withAnswer],
  ["workload", "tbody tr"],
  ["plan", ".card"],
  ["plan", ".card", withAnswer],
  ["results", ".grid-cell"],
  ["audit", ".grid-cell"],
  ["ai", "#ai-enabled"],
  ["connection", "#url"],
])
  test(`${view}${prepare === withAnswer ? " with an answer" : ""} by keyboard: Tab reaches every control, each has a name and a focus ring`, async () => {
    await withView({ view, rows: 100 }, { theme: "contrast" }, async (page) => {
      await page.locator(ready).first().waitFor();
      await prepare(page);
      const stops = await tabStops(page);
      const cells = stops.filter(({ what }) => /grid-(view|cell)/.test(what));
      assert.equal(cells.length, ["results", "audit"].includes(view) ? 1 : 0, "a grid is one stop");
      for (const { name, ring, what } of stops) {
        assert.ok(name, `a name: ${what}`);
        assert.ok(ring, `a focus ring: ${what}`);
      }
      const missed = await page
        .locator(":is(button, input, select, summary, [tabindex='0']):visible")
        .evaluateAll((elements) =>
          elements
            .filter((e) => !e.disabled && e.tabIndex >= 0 && e.dataset.visited !== "true")
            .filter((e) => e.type !== "radio") // one of a group is the stop
            .map((e) => e.outerHTML.slice(0, 100)),
        );
      assert.deepEqual(missed, []);
    });
  });

for (const view of ["processes", "workload"])
  test(`${view} in forced colours: the selected row is told by more than a line`, async () => {
    const options = { theme: "contrast", forcedColors: "active" };
    await withView({ view }, options, async (page) => {
      const backgrounds = () =>
        page
          .locator("tbody tr td:first-child")
          .evaluateAll((cells) => cells.map((c) => getComputedStyle(c).backgroundColor));
      await page.locator("tbody tr").nth(2).click();
      const [first, second, chosen] = await backgrounds();
      assert.equal(first, second);
      assert.notEqual(chosen, first);
      await shoot(page, `${view}-forced-colours`);
    });
  });

test("the buttons of the connection form stay in sight in a short window", async () => {
  await withView({ view: "connection" }, { height: 420 }, async (page) => {
    await page.locator("#field-host").fill("bad");
    await page.getByRole("button", { name: "Test connection" }).click();
    const seen = async (locator) => {
      const { y, height } = await locator.boundingBox();
      return y >= 0 && y + height <= 420;
    };
    assert.ok(await seen(page.getByText("Check user and password.")));
    assert.ok(await seen(page.getByRole("button", { name: "Save" })));
    await shoot(page, "connection-short");
  });
});

for (const theme of themeNames) {
  test(`screenshots in ${theme}`, async () => {
    const look = async (settings, name, act) =>
      withView(settings, { theme, reducedMotion: "reduce" }, async (page) => {
        await act(page);
        await shoot(page, `${name}-${theme}`);
      });
    await look({ view: "results", rows: 1_000_000 }, "results", async (page) => {
      await cell(page, 2, 1).click();
      await page.keyboard.press("Shift+ArrowDown");
      await page.getByRole("button", { name: "Filter" }).click();
    });
    await look({ view: "plan" }, "plan", (page) =>
      page.getByRole("treeitem", { name: /^Seq Scan/ }).click(),
    );
    await look({ view: "processes", limited: true }, "processes", (page) =>
      page.locator('tr[data-id="102"]').click(),
    );
    await look({ view: "workload" }, "workload", (page) => page.locator('tr[data-id="0"]').click());
    await look({ view: "workload", kind: "unavailable" }, "workload-unavailable", (page) =>
      page.getByRole("button", { name: /^Copy the fix/ }).waitFor(),
    );
    await look({ view: "audit" }, "audit", async (page) => {
      await cell(page, 1, 4).click();
      await page.getByRole("button", { name: "Verify" }).click();
      await page.getByRole("note").getByText("All 450 entries are as written").waitFor();
    });
    const about = { environment: "prod", readOnly: true, connectionName: "Shop" };
    const held = { view: "results", kind: "changes", held: 60_000, about };
    await look(held, "results-held", (page) => page.getByText("not committed yet").waitFor());
    await look({ ...held, held: 0 }, "results-undo", (page) =>
      page.getByRole("button", { name: /^Undo/ }).waitFor(),
    );
    await look({ view: "connection" }, "connection", (page) =>
      page.getByText("TLS, SSH and more").click(),
    );
  });
}
