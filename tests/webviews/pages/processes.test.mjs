// The process list in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, status, withView } from "../page_test.mjs";

test("processes: chain of locks, kill names whom it kills, own ones are safe", async () => {
  await withView({ view: "processes" }, {}, async (page) => {
    await page.locator('tr[data-id="104"]').click();
    await page.getByText("which waits for").waitFor();
    await page.locator("aside").getByRole("button", { name: "103" }).click();
    await page.getByRole("heading", { name: "Session 103" }).waitFor();
    assert.ok(
      await page.getByRole("button", { name: "End query" }).isDisabled(),
      "it runs nothing",
    );
    await page.getByRole("button", { name: "End connection" }).click();
    await page.getByRole("note").getByText("Session 103 was closed.").waitFor();
    const [question] = await sent(page, "host/confirm");
    assert.match(question.params.message, /103, user anna, database shop, application psql/);
    assert.deepEqual((await sent(page, "process/kill"))[0].params, {
      sessionId: "s1",
      id: "103",
      kind: "connection",
    });
    await page.getByText("Hide own").click();
    await page.locator('tr[data-id="106"]').click();
    await page.getByText("it is not ended from here").waitFor();
    assert.equal(await page.getByRole("button", { name: "End connection" }).count(), 0);
  });
});

test("a process that was gone is told apart", async () => {
  await withView({ view: "processes" }, {}, async (page) => {
    await page.locator('tr[data-id="105"]').click();
    await page.getByRole("button", { name: "End connection" }).click();
    await page.getByRole("note").getByText("had ended by itself already").waitFor();
  });
});

test("processes: filter, keyboard, pause stops the watch", async () => {
  await withView({ view: "processes", limited: true }, {}, async (page) => {
    await page.getByText("pg_read_all_stats").waitFor();
    await page.getByLabel("Filter processes").fill("nightly");
    assert.equal(await page.locator("tbody tr").count(), 1);
    await page.getByLabel("Filter processes").fill("");
    await page.locator('tr[data-id="101"]').click();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "Session 102" }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.waitForFunction(() => window.hostScenario.watches.size === 0);
    await status(page).getByText("paused at").waitFor();
  });
});

test("a lost watch is told and can be taken up again", async () => {
  await withView({ view: "processes", kind: "error" }, {}, async (page) => {
    await page.getByText("The connection was lost.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "process/watch").length === 2,
    );
  });
});

test("only the kinds of ending that the server has are offered, with the reason", async () => {
  await withView({ view: "processes", kills: "connections" }, {}, async (page) => {
    await page.locator('tr[data-id="102"]').click();
    await page.getByText("cannot end a command and keep its connection").waitFor();
    assert.equal(await page.getByRole("button", { name: "End query" }).count(), 0);
    await page.locator('tr[data-id="102"]').press("Delete");
    await page.getByRole("note").getByText("Session 102 was closed.").waitFor();
    assert.equal((await sent(page, "process/kill"))[0].params.kind, "connection");
  });
});

test("a running query that has a plan can be explained, another cannot", async () => {
  await withView({ view: "processes" }, {}, async (page) => {
    await page.locator('tr[data-id="105"]').click();
    await page.getByRole("heading", { name: "Session 105" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Explain" }).count(), 0);
    await page.locator('tr[data-id="101"]').click();
    await page.getByRole("button", { name: "Explain" }).click();
    const [{ params }] = await sent(page, "host/openPlan");
    assert.equal(params.sessionId, "s1");
    assert.equal(params.name, "Session 101");
    assert.match(params.sql, /^SELECT customer_id/);
  });
});

test("an empty list says why, and offers what hides it", async () => {
  await withView({ view: "processes", kind: "own" }, {}, async (page) => {
    await page.getByText("Nobody but MyDBA itself is connected.").waitFor();
    await page.getByRole("button", { name: "Show MyDBA's own sessions" }).click();
    await page.locator('tr[data-id="106"]').waitFor();
    assert.ok(!(await page.getByLabel("Hide own").isChecked()));
  });
  await withView({ view: "processes" }, {}, async (page) => {
    await page.getByLabel("Filter processes").fill("no such text");
    await page.getByText("No session matches the filters.").waitFor();
    await page.getByRole("button", { name: "Show all sessions" }).click();
    await page.locator('tr[data-id="105"]').waitFor();
    assert.equal(await page.getByLabel("Filter processes").inputValue(), "");
  });
});

test("the details are closed by their button and by Escape, and leave with the list in focus", async () => {
  await withView({ view: "processes" }, {}, async (page) => {
    const details = page.getByRole("complementary", { name: "Session" });
    const focused = () => page.evaluate(() => document.activeElement?.dataset?.id);
    await page.locator('tr[data-id="101"]').click();
    await page.getByRole("button", { name: "Close (Escape)" }).click();
    await details.waitFor({ state: "hidden" });
    assert.equal(await focused(), "101");
    await page.keyboard.press("Enter");
    await details.waitFor();
    await page.keyboard.press("Escape");
    await details.waitFor({ state: "hidden" });
    assert.equal(await focused(), "101");
  });
});

test("processes: a restored list connects when somebody asks, and says where it is", async () => {
  await withView({ view: "processes", restored: true }, {}, async (page) => {
    await page.getByText("Not connected.").waitFor();
    assert.equal((await sent(page, "process/watch")).length, 0);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("tbody tr").first().waitFor();
    assert.equal(await page.locator("footer .environment").count(), 0);
    await page.evaluate(() => {
      const params = { connectionName: "Shop", environment: "prod", readOnly: true };
      window.postMessage({ jsonrpc: "2.0", method: "view/connection", params }, "*");
    });
    await page.locator("footer .environment", { hasText: "production" }).waitFor();
    await page.locator("footer .badge", { hasText: "read-only" }).waitFor();
    assert.equal(await page.evaluate(() => document.body.dataset.environment), "prod");
  });
});
