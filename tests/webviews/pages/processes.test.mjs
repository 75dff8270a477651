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
    assert.match(question.params.message, /103, user anna, database shop, psql/);
    assert.deepEqual((await sent(page, "process/kill"))[0].params, {
      sessionId: "s1",
      id: "103",
      kind: "connection",
    });
    await page.getByText("Hide own").click();
    await page.locator('tr[data-id="106"]').click();
    assert.ok(await page.getByRole("button", { name: "End connection" }).isDisabled());
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
