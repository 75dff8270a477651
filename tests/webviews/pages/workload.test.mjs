// The busiest statements in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, status, withView } from "../page_test.mjs";

const rows = (page) => page.locator("tbody tr");
const filter = (page, name) => page.getByRole("button", { name, exact: false });

test("the busiest statements: what became of them in words, each part a filter", async () => {
  await withView({ view: "workload" }, {}, async (page) => {
    await page.locator(".outcome").getByText("39 of 50 statements have a plan").waitFor();
    await page.locator(".outcome").getByText("3 tries were repeated").waitFor();
    assert.equal(await rows(page).count(), 50);
    await filter(page, "1 row estimates only").click();
    assert.equal(await rows(page).count(), 1);
    await rows(page).getByText("UPDATE stock").waitFor();
    await filter(page, "1 × permission denied").click();
    await rows(page).getByText("FROM salaries").waitFor();
    assert.equal(await rows(page).count(), 1);
    const pressed = page.locator(".outcome [aria-pressed=true]");
    assert.match(await pressed.textContent(), /permission denied/);
    assert.ok(await pressed.evaluate((e) => e === document.activeElement), "keeps the focus");
    await pressed.click();
    assert.equal(await rows(page).count(), 50);
    await status(page).getByText("counted since 2026-01-01").waitFor();
  });
});

test("the details of a statement: its tries, its worst finding, its plan", async () => {
  await withView({ view: "workload" }, {}, async (page) => {
    await page.locator('tr[data-id="4"]').click();
    const details = page.getByRole("complementary", { name: "Statement" });
    assert.equal(await details.locator(".attempts li").count(), 3);
    await details.getByText("after a pause of 200 ms").waitFor();
    await details.getByText("planned for any value").waitFor();
    await page.locator('tr[data-id="3"]').click();
    await details.getByText("Code 42501").first().waitFor();
    await details.getByText("GRANT SELECT ON hr.salaries").first().waitFor();
    await page.locator('tr[data-id="0"]').click();
    await details.getByText("order_items is read in full").waitFor();
    await details.getByText("2 other findings").waitFor();
    await details.getByText("Why, and what to do").click();
    await details.getByRole("button", { name: /^Copy SQL/ }).click();
    assert.match((await sent(page, "host/copy"))[0].params.text, /^CREATE INDEX/);
    await details.getByRole("button", { name: "Open plan" }).click();
    const [{ params }] = await sent(page, "host/openPlan");
    assert.equal(params.sessionId, "s1");
    assert.equal(params.name, "Statement 1");
    assert.match(params.sql, /^SELECT c\.name/);
    await page.keyboard.press("Escape");
    await details.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.dataset.id), "0");
  });
});

test("a long statement is shown in part and copied whole", async () => {
  await withView({ view: "workload" }, {}, async (page) => {
    await page.locator('tr[data-id="15"]').click();
    await page.getByText("80,009 characters more: Copy has all.").waitFor();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    assert.equal((await sent(page, "host/copy"))[0].params.text.length, 100_009);
  });
});

test("reads are measured only after a question in plain words", async () => {
  await withView({ view: "workload", agrees: false }, {}, async (page) => {
    await rows(page).first().waitFor();
    await page.getByRole("button", { name: "Also measure reads" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/confirm"));
    await page.getByRole("button", { name: "Refresh" }).click();
    const [question] = await sent(page, "host/confirm");
    assert.match(question.params.detail, /are executed on Sample shop/);
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "workload/plans").length > 1,
    );
    const asked = (await sent(page, "workload/plans")).map(({ params }) => params);
    assert.deepEqual(asked, [
      { sessionId: "s1", limit: 50 },
      { sessionId: "s1", limit: 50, fresh: true },
    ]);
  });
  await withView({ view: "workload" }, {}, async (page) => {
    await rows(page).first().waitFor();
    await page.getByRole("button", { name: "Also measure reads" }).click();
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "workload/plans").length > 1,
    );
    assert.equal((await sent(page, "workload/plans"))[1].params.analyze, true);
  });
});

test("while the server is asked the page says so, and can be told to stop", async () => {
  await withView({ view: "workload", kind: "slow" }, {}, async (page) => {
    const asking = "Asking for plans of the 50 busiest statements…";
    await page.locator(".empty").getByText(asking).waitFor();
    await status(page).getByText(`${asking} 1 s`).waitFor();
    assert.ok(await page.getByRole("progressbar").isVisible());
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled before there was a list.").waitFor();
    assert.equal((await sent(page, "$/cancelRequest")).length, 1);
    assert.ok(await page.getByRole("button", { name: "Cancel" }).isHidden());
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".empty").getByText(asking).waitFor();
  });
});

test("a failure, no statements, no statistics and a filter too narrow each say what to do", async () => {
  await withView({ view: "workload", kind: "error" }, {}, async (page) => {
    await page.getByRole("alert").getByText("The connection was lost.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await rows(page).first().waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
  });
  await withView({ view: "workload", kind: "empty" }, {}, async (page) => {
    await page.getByText("has counted no statements yet").waitFor();
    await page.locator(".empty").getByRole("button", { name: "Refresh" }).waitFor();
  });
  await withView({ view: "workload", kind: "unavailable" }, {}, async (page) => {
    await page.getByText("pg_stat_statements is not installed").waitFor();
    await page.getByRole("button", { name: /^Copy the fix/ }).click();
    const [{ params }] = await sent(page, "host/copy");
    assert.equal(params.text, "CREATE EXTENSION pg_stat_statements");
  });
  await withView({ view: "workload" }, {}, async (page) => {
    await page.getByLabel("Search statements").fill("no such statement");
    await page.getByText("Not among the 50 busiest.").waitFor();
    await page.getByRole("button", { name: "Search the 100 busiest" }).click();
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "workload/plans").at(-1).params.limit === 100,
    );
    assert.equal(await page.getByLabel("Number of statements").inputValue(), "100");
    assert.equal(await page.getByLabel("Search statements").inputValue(), "no such statement");
    await page.getByText("Not among the 100 busiest.").waitFor();
    await page.getByRole("button", { name: "Show all statements" }).click();
    await rows(page).first().waitFor();
    assert.equal(await page.getByLabel("Search statements").inputValue(), "");
  });
});

test("order, filter and number outlive a reload; the list is asked for anew", async () => {
  await withView({ view: "workload", keeps: true, kind: "tame" }, {}, async (page) => {
    await rows(page).first().waitFor();
    await page.getByLabel("Number of statements").selectOption("20");
    await page.locator(".outcome").getByText("20 of 20 statements").waitFor();
    await page.getByRole("button", { name: "Calls" }).click();
    await page.getByRole("button", { name: "Calls" }).click();
    await page.getByLabel("Search statements").fill("orders1");
    const shown = () => rows(page).first().locator(".cell-sql").textContent();
    assert.match(await shown(), /orders19/);
    await page.reload();
    await page.locator(".outcome").getByText("20 of 20 statements").waitFor();
    assert.match(await shown(), /orders19/);
    assert.equal(await page.locator('th[aria-sort="ascending"]').textContent(), "Calls");
    assert.equal(await page.getByLabel("Search statements").inputValue(), "orders1");
  });
  await withView({ view: "workload", restored: true }, {}, async (page) => {
    await page.getByText("Not connected.").waitFor();
    assert.equal((await sent(page, "workload/plans")).length, 0);
    await page.getByRole("button", { name: "Try again" }).click();
    await rows(page).first().waitFor();
  });
});

test("the list by keyboard: arrows go through it, Enter leads to the plan", async () => {
  await withView({ view: "workload" }, {}, async (page) => {
    await page.locator('tr[data-id="0"]').click();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "Statement 2" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    assert.equal((await sent(page, "host/openPlan"))[0].params.name, "Statement 2");
  });
});
