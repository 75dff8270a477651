// The profile of a run beside the plan, in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, shoot, withView } from "../page_test.mjs";
import { themeNames } from "../themes.mjs";

const view = { view: "plan", facets: ["explain", "profile", "whatIf"] };
const stage = (page, name) => page.getByRole("option", { name });
const tab = (page, name) => page.getByRole("tab", { name, exact: true }).click();
const profile = (page) => page.getByRole("button", { name: /^Profile/ });
const status = (page, text) => page.getByRole("status").getByText(text);

async function profiled(page) {
  await profile(page).click();
  await stage(page, /^Planning/).waitFor();
}

test("profiling asks first, then shows the run as a timeline; keys, details, the plan's step", async () => {
  await withView(view, {}, async (page) => {
    await profiled(page);
    const [question] = await sent(page, "host/confirm");
    assert.match(question.params.message, /Run the statement to profile it/);
    assert.match(question.params.detail, /rolled back or refused/);
    assert.deepEqual(Object.keys((await sent(page, "profile/run"))[0].params), [
      "sessionId",
      "sql",
    ]);
    assert.match(await page.locator(".totals").textContent(), /Total1.85 s.*Locks61 ms/);
    assert.equal(await stage(page, /./).count(), 9);
    await stage(page, /^Planning/).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const scan = stage(page, /^Seq Scan order_items, step, from 13 ms, for ≈ 890.2 ms, 48 % of/);
    assert.equal(await scan.getAttribute("aria-selected"), "true");
    await page.locator(".details").getByText("16,800").waitFor();
    await page.getByText("The server tells how long and not when").waitFor();
    await page.keyboard.press("Enter");
    await page.locator('.card.selected[aria-label^="Seq Scan"]').waitFor();
    assert.equal(await page.locator(".step-title").textContent(), "Seq Scan");
    await tab(page, "Timeline");
    assert.equal(await scan.getAttribute("aria-selected"), "true", "the place is kept");
  });
});

test("bars lie where their stages lay; zoom, pan and the whole run", async () => {
  await withView(view, {}, async (page) => {
    await profiled(page);
    const bar = (name) => stage(page, name).locator(".bar-of").first();
    const track = await page.locator(".axis").boundingBox();
    const near = (a, b) => assert.ok(Math.abs(a - b) < 3, `${a} is not ${b}`);
    const place = async (name) => bar(name).boundingBox();
    const execution = await place(/^Execution/);
    near(execution.x, track.x + (12.5 / 1851.2) * track.width);
    near(execution.width, (1831 / 1851.2) * track.width);
    const join = await place(/^Hash Join/);
    await stage(page, /^Hash Join/).click();
    await page.keyboard.press("+");
    near((await place(/^Hash Join/)).width, join.width * 2);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("0");
    near((await place(/^Hash Join/)).x, join.x);
    await page.keyboard.press("Space");
    const filled = await place(/^Hash Join/);
    near(filled.width, track.width / 1.1);
    near(filled.x, track.x + (track.width - filled.width) / 2);
    assert.match(await page.locator(".axis").textContent(), /ms|s/);
    await page.getByRole("button", { name: "Whole run (0)" }).click();
    near((await place(/^Hash Join/)).x, join.x);
    await stage(page, /^Hash Join/).hover();
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    assert.ok((await place(/^Hash Join/)).width > join.width * 1.2, "the wheel with Ctrl zooms");
  });
});

test("profiling again puts the run before beside it: bars, totals, waits, counters, plans", async () => {
  await withView(view, {}, async (page) => {
    await profiled(page);
    await profile(page).click();
    await stage(page, /^Sort.*gone/).waitFor();
    assert.match(await page.locator(".totals").textContent(), /740.5 ms was 1.85 s, ÷ 2.5/);
    assert.equal(
      await stage(page, /^Execution/)
        .locator(".bar-of")
        .count(),
      2,
    );
    assert.match(await stage(page, /^Execution/).textContent(), /732.4 ms was 1.83 s/);
    assert.match(await page.locator(".waits").textContent(), /Lock \/ relationgone/);
    await tab(page, "Metrics");
    const row = page.getByRole("row", { name: /^shared_blks_read/ });
    assert.match(await row.textContent(), /16,8006,720−10,080/);
    await page.getByRole("button", { name: "Compare plans" }).click();
    await page.getByRole("tree", { name: "Plan after" }).waitFor();
    await page.keyboard.press("Escape");
    await row.waitFor();
  });
});

test("counters: groups, filter, sorting by the head, those of the whole server marked", async () => {
  await withView(view, {}, async (page) => {
    await profiled(page);
    await tab(page, "Metrics");
    const names = () => page.locator(".counter bdi").allTextContents();
    assert.deepEqual((await names()).slice(0, 2), ["shared_blks_hit", "shared_blks_read"]);
    await page.getByRole("button", { name: "Value" }).click();
    assert.deepEqual((await names()).slice(0, 2), ["shared_blks_read", "shared_blks_hit"]);
    const head = page.getByRole("columnheader", { name: "Value" });
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Value");
    await page.getByRole("searchbox", { name: "Filter counters" }).fill("xact");
    assert.deepEqual(await names(), ["xact_commit"]);
    await status(page, "1 counter found").waitFor();
    await page.getByRole("row", { name: /xact_commit.*whole server/ }).waitFor();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    assert.match((await sent(page, "host/copy"))[0].params.text, /Time\txact_commit\t31\t/);
  });
});

test("the trace is a story: what was weighed, what was chosen, why the others lost", async () => {
  await withView(view, {}, async (page) => {
    await profiled(page);
    await tab(page, "Trace");
    await page.getByText("The server cut its trace: 2 KiB are missing").waitFor();
    const options = page.getByRole("table", { name: "Options: How to read order_items" });
    assert.match(await options.getByRole("row").nth(1).textContent(), /chosentable scan31,0002 M/);
    await options.getByText("costs 2.8 times as much: too many rows match").waitFor();
    await page.getByRole("button", { name: "Close all" }).click();
    assert.equal(await options.isVisible(), false);
    await page.getByText("How to read order_items").click();
    await options.waitFor();
    await page.getByText("The server's own trace").click();
    await page.getByRole("button", { name: "Copy trace" }).click();
    assert.match((await sent(page, "host/copy"))[0].params.text, /join_optimization/);
  });
});

test("what is missing is said with its fix; what can be switched on is, after asking", async () => {
  await withView({ ...view, profile: "poor" }, {}, async (page) => {
    await profile(page).click();
    await page.getByText("No stages were measured").waitFor();
    const missing = page.getByRole("region", { name: "Not measured" });
    await missing.getByText("The instruments stage/% are off.").waitFor();
    await missing.getByRole("button", { name: "Copy the fix of: Stages" }).click();
    assert.match((await sent(page, "host/copy"))[0].params.text, /^UPDATE performance_schema/);
    await shoot(page, "profile-poor");
    await missing.getByRole("button", { name: "Enable for one run…" }).click();
    await stage(page, /^Planning/).waitFor();
    const question = (await sent(page, "host/confirm")).at(-1).params;
    assert.match(question.detail, /^Stages: The instruments stage.*\nEverything is set back/);
    assert.equal((await sent(page, "profile/run")).at(-1).params.enableInstruments, true);
  });
});

test("a run can be cancelled; a server that cannot profile says so, one known not to offers nothing", async () => {
  await withView({ ...view, profile: "waiting" }, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    await profile(page).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    assert.equal((await sent(page, "$/cancelRequest")).length, 1);
    assert.equal(await page.getByRole("progressbar").isVisible(), false);
    await page.getByRole("treeitem").first().waitFor();
  });
  await withView({ ...view, profile: "unsupported" }, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    await profile(page).click();
    await page.getByRole("alert").getByText("This server cannot profile a statement.").waitFor();
    await page.getByText("Explain it instead.").waitFor();
  });
  await withView({ ...view, facets: ["explain"] }, {}, async (page) => {
    await page.getByRole("treeitem").first().waitFor();
    assert.equal(await profile(page).isVisible(), false);
    assert.equal(await page.getByRole("button", { name: "Try an index…" }).isVisible(), false);
  });
});

test("a command can ask for a profile at once; a reload shows it again without a run", async () => {
  const settings = { ...view, params: { profile: true }, keeps: true };
  await withView(settings, {}, async (page) => {
    await stage(page, /^Planning/).waitFor();
    assert.equal((await sent(page, "plan/explain")).length, 0, "the run brings its plan");
    await tab(page, "Metrics");
    await page.waitForFunction(() => window.state.part === "metrics");
    await page.reload();
    await page.getByRole("row", { name: /shared_blks_hit/ }).waitFor();
    for (const method of ["profile/run", "host/confirm", "plan/explain"])
      assert.equal((await sent(page, method)).length, 0, method);
    await tab(page, "Plan");
    await page.getByRole("treeitem").first().waitFor();
  });
});

test("a run of 2,000 stages draws what is in view", async () => {
  await withView({ ...view, profile: "long" }, {}, async (page) => {
    await profile(page).click();
    await stage(page, /^stage 0,/).click();
    assert.ok((await stage(page, /./).count()) < 80);
    await page.keyboard.press("End");
    await stage(page, /^stage 1999,/).waitFor();
  });
});

for (const theme of themeNames)
  test(`looks of a profile in ${theme}`, async () => {
    await withView(view, { theme, reducedMotion: "reduce" }, async (page) => {
      await profiled(page);
      await stage(page, /^Seq Scan/).click();
      await shoot(page, `profile-timeline-${theme}`);
      await tab(page, "Trace");
      await shoot(page, `profile-trace-${theme}`);
      await profile(page).click();
      await page.locator(".totals").getByText("÷ 2.5").first().waitFor();
      await tab(page, "Metrics");
      await shoot(page, `profile-metrics-${theme}`);
      await tab(page, "Timeline");
      await shoot(page, `profile-before-after-${theme}`);
    });
  });

test("a profile in a narrow panel: every tool is in sight", async () => {
  await withView(view, { width: 420, height: 640 }, async (page) => {
    await profiled(page);
    for (const name of ["Timeline", "Trace", "Metrics"]) {
      await tab(page, name);
      const out = await page
        .locator(".bar :is(button, input):visible")
        .evaluateAll(
          (all) => all.filter((e) => e.getBoundingClientRect().right > innerWidth).length,
        );
      assert.equal(out, 0, name);
      await shoot(page, `profile-narrow-${name.toLowerCase()}`);
    }
  });
});
