// The results view in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cell,
  rendererMegabytes,
  sent,
  shoot,
  status,
  timeToRow,
  withView,
} from "../page_test.mjs";

test("first rows are painted, the rest waits for credit", async () => {
  await withView({ view: "results", rows: 1_000_000 }, {}, async (page) => {
    await cell(page, 0, 1).waitFor();
    assert.equal(await cell(page, 3, 1).textContent(), "customer 3");
    await status(page).getByText("more rows wait").waitFor();
    const granted = await sent(page, "$/credit");
    assert.ok(granted.length < 10, `${granted.length} grants without scrolling`);
    const close = (await sent(page, "host/atClose")).pop();
    assert.deepEqual(close.params.requests, [
      { method: "result/close", params: { resultId: "r1" } },
    ]);
  });
});

test("a hidden column says why, and shows its values when it is asked to", async () => {
  await withView({ view: "results", kind: "users" }, {}, async (page) => {
    await cell(page, 0, 2).filter({ hasText: "•••" }).waitFor();
    const head = page.getByRole("columnheader", { name: "password" });
    const why = "Secret: it looks like a password. Its values are hidden.";
    assert.match(await head.getAttribute("title"), new RegExp(why));
    await head.getByRole("img", { name: why }).waitFor();
    const mail = page.getByRole("columnheader", { name: "email" });
    assert.match(
      await mail.getAttribute("title"),
      /Personal: it looks like somebody's mail address/,
    );
    await shoot(page, "results-redacted");
    await mail.click({ button: "right" });
    assert.equal(await page.getByRole("menuitem", { name: /Reveal/ }).count(), 0);
    await page.keyboard.press("Escape");
    await head.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Reveal values of this column" }).click();
    await cell(page, 0, 2).filter({ hasText: "hunter0" }).waitFor();
    const [reveal] = await sent(page, "result/reveal");
    assert.deepEqual(reveal.params, { resultId: "r1", column: 2 });
    assert.doesNotMatch(await head.getAttribute("title"), /hidden/);
    await shoot(page, "results-revealed");
  });
});

test("scrolling grants credit and reads on, and the tab that counts the rows stays the same", async () => {
  await withView({ view: "results", rows: 1_000_000 }, {}, async (page) => {
    await cell(page, 0, 1).waitFor();
    const tab = await page.getByRole("tab", { name: "Result 1" }).elementHandle();
    const counted = await tab.textContent();
    for (let i = 0; i < 3; ++i) {
      const before = await page.locator(".grid").getAttribute("aria-rowcount");
      await page.evaluate(() => {
        const view = document.querySelector(".grid-view");
        view.scrollTop = view.scrollHeight;
      });
      await page.waitForFunction(
        (n) => document.querySelector(".grid").getAttribute("aria-rowcount") !== n,
        before,
      );
    }
    await status(page)
      .getByText(/[2-9]\d,\d{3} rows so far/)
      .waitFor();
    assert.notEqual(await tab.textContent(), counted);
    assert.ok(await tab.evaluate((element) => element.isConnected), "a click on it is not lost");
  });
});

test("rows of the last frame, which the run did not send, come from the spool", async () => {
  await withView({ view: "results", rows: 11_000 }, {}, async (page) => {
    await status(page).getByText("11,000 rows").waitFor();
    assert.equal((await sent(page, "result/rows")).length, 0);
    await page.getByRole("button", { name: "Last row" }).click();
    await cell(page, 10_999, 1).filter({ hasText: "customer 10999" }).waitFor();
    await cell(page, 10_990, 1).filter({ hasText: "customer 10990" }).waitFor();
    const windows = (await sent(page, "result/rows")).map(({ params }) => params);
    assert.ok(windows.length > 0, "asked for");
    assert.deepEqual(await sent(page, "$/cancelRequest"), []);
  });
});

test("NULL, the text NULL and the empty text look different", async () => {
  await withView({ view: "results", rows: 100 }, {}, async (page) => {
    await cell(page, 0, 6).waitFor();
    assert.match(await cell(page, 0, 6).getAttribute("class"), /\bnull\b/);
    assert.equal(await cell(page, 0, 6).textContent(), "NULL");
    assert.equal(await cell(page, 1, 6).textContent(), "");
    assert.equal(await cell(page, 2, 6).textContent(), "NULL");
    assert.doesNotMatch(await cell(page, 2, 6).getAttribute("class"), /\bnull\b/);
    assert.equal(await cell(page, 3, 6).textContent(), "two↵lines");
  });
});

test("ten million rows: any row is shown, the panel stays below 300 MB", async () => {
  await withView({ view: "results", rows: 10_000_000 }, {}, async (page) => {
    await cell(page, 0, 1).waitFor();
    await page.getByRole("button", { name: "Read all rows" }).click();
    const last = cell(page, 9_999_999, 0);
    await last.filter({ hasText: "9999999" }).waitFor();
    const isCut = (element) => element.scrollWidth > element.clientWidth;
    assert.equal(await last.evaluate(isCut), false, "a number is never cut");
    const times = [];
    for (let i = 0; i < 25; ++i) {
      const share = (i * 0.37) % 1;
      times.push(
        await timeToRow(
          page,
          `const view = document.querySelector(".grid-view");
           const range = view.scrollHeight - view.clientHeight;
           view.scrollTop = range * ${share};
           const top = (view.scrollTop / range) * (10000000 * 24 - view.clientHeight);
           return Math.floor(top / 24) + 2;`,
        ),
      );
    }
    // A busy machine must not fail a test; the number is for whoever reads the log.
    console.log(`slowest of ${times.length} jumps: ${Math.max(...times)} ms`);
    const megabytes = await rendererMegabytes();
    assert.ok(megabytes < 300, `renderer holds ${megabytes} MB`);
    const rows = (await page.locator(".grid-row:visible").count()) - 1;
    assert.ok(rows < 60, `${rows} rows have elements`);
  });
});

test("the wheel moves row by row also in ten million rows", async () => {
  await withView({ view: "results", rows: 10_000_000 }, {}, async (page) => {
    await cell(page, 0, 1).waitFor();
    await page.keyboard.press("Tab");
    await page.locator(".grid-view").focus();
    await page.keyboard.press("Control+End");
    await cell(page, 9_999_999, 0).waitFor();
    await page.locator(".grid-view").hover();
    await page.mouse.wheel(0, -240);
    await page.waitForFunction(
      () => document.querySelector('.grid-cell[data-row="9999965"]:not(.loading)') !== null,
    );
    assert.ok(await page.locator('.grid-row:visible[aria-rowindex="9999990"]').isVisible());
  });
});

test("keyboard: move, extend, copy; the focus follows", async () => {
  await withView({ view: "results", rows: 100 }, {}, async (page) => {
    await cell(page, 0, 0).click();
    for (const key of ["ArrowDown", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowRight"])
      await page.keyboard.press(key);
    const focused = await page.evaluate(() => ({ ...document.activeElement.dataset }));
    assert.deepEqual([focused.row, focused.column], ["2", "2"]);
    assert.equal(await page.locator('.grid-cell[aria-selected="true"]:visible').count(), 4);
    await page.keyboard.press("Control+c");
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/copy"));
    const [copy] = await sent(page, "host/copy");
    assert.equal(copy.params.text, "customer 1\t0.37\ncustomer 2\t0.74");
    await page.keyboard.press("PageDown");
    assert.notEqual(await page.evaluate(() => document.activeElement.dataset.row), "2");
  });
});

test("copy formats come from a menu that the keyboard works", async () => {
  await withView({ view: "results", rows: 100 }, {}, async (page) => {
    await cell(page, 1, 0).click();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Copy first column as SQL IN list" }).waitFor();
    for (let i = 0; i < 4; ++i) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/copy"));
    assert.equal((await sent(page, "host/copy"))[0].params.text, "(1, 2)");
  });
});

test("a click on a header sorts in the helper, over all rows", async () => {
  await withView({ view: "results", rows: 200_000 }, {}, async (page) => {
    await cell(page, 0, 0).waitFor();
    const header = page.getByRole("columnheader", { name: "id bigint" });
    await header.click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "result/view"));
    await header.click();
    await page.waitForFunction(
      () =>
        document.querySelector('.grid-cell[data-row="0"][data-column="0"]').textContent ===
        "199999",
    );
    assert.equal(await header.getAttribute("aria-sort"), "descending");
    assert.equal((await sent(page, "result/readAll")).length, 1);
    const views = await sent(page, "result/view");
    assert.deepEqual(views.pop().params.sort, [{ column: 0, descending: true }]);
    await header.click();
    await page.waitForFunction(
      () => document.querySelector('.grid-cell[data-row="0"][data-column="0"]').textContent === "0",
    );
  });
});

test("filters are sent as typed and say how many rows remain", async () => {
  await withView({ view: "results", rows: 1000 }, {}, async (page) => {
    await cell(page, 0, 0).waitFor();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByLabel("Filter price").fill(">= 5");
    await page.keyboard.press("Enter");
    await status(page).getByText("500 of 1,000 rows").waitFor();
    const [view] = await sent(page, "result/view");
    assert.deepEqual(view.params.filters, [{ column: 2, op: "greaterOrEqual", value: "5" }]);
  });
});

test("a sort that lasts can be cancelled, and the order is told as it is", async () => {
  await withView({ view: "results", rows: 1000, kind: "sortsForever" }, {}, async (page) => {
    await cell(page, 0, 0).waitFor();
    const cancel = page.getByRole("button", { name: "Cancel" });
    await cancel.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByLabel("Filter price").fill(">= 5");
    await page.keyboard.press("Enter");
    await status(page).getByText("500 of 1,000 rows").waitFor();
    const header = page.getByRole("columnheader", { name: "id bigint" });
    await header.click();
    await page.getByLabel("Filter name").fill("anna");
    await page.keyboard.press("Enter");
    await status(page).getByText("Filtering all rows…").waitFor();
    assert.equal(await header.getAttribute("aria-sort"), "ascending");
    await cancel.click();
    await status(page).getByText("500 of 1,000 rows").waitFor();
    await cancel.waitFor({ state: "hidden" });
    assert.equal(await header.getAttribute("aria-sort"), "none");
    assert.equal(await page.getByLabel("Filter price").inputValue(), ">= 5");
    assert.equal(await page.getByLabel("Filter name").inputValue(), "");
    const asked = await sent(page, "result/view");
    const ended = (await sent(page, "$/cancelRequest")).map(({ params }) => params.id);
    assert.deepEqual(
      ended,
      asked.slice(1).map(({ id }) => id),
    );
  });
});

test("a cell opens in the viewer, JSON indented", async () => {
  await withView({ view: "results", rows: 100 }, {}, async (page) => {
    await cell(page, 1, 5).dblclick();
    const text = page.locator(".cell-text");
    await text.waitFor();
    assert.equal(await text.textContent(), '{\n  "colour": "blue",\n  "size": 1\n}');
    await shoot(page, "results-cell");
    await page.locator(".cell-viewer").getByRole("button", { name: "Close" }).click();
    await text.waitFor({ state: "hidden" });
  });
});

test("many result sets are tabs; notices and truncation are told", async () => {
  await withView({ view: "results", kind: "many" }, {}, async (page) => {
    await page.getByRole("tab", { name: "UPDATE · 1" }).waitFor();
    await status(page).getByText("stopped at the row limit").waitFor();
    await page.getByRole("tab", { name: /Result 3/ }).click();
    await page.getByText("No rows").waitFor();
    await page.getByRole("tab", { name: /Messages/ }).click();
    await page.getByText("does not exist, skipping").waitFor();
    await shoot(page, "results-messages");
  });
});

test("an error shows message, place, hint and a way to try again", async () => {
  await withView({ view: "results", kind: "error" }, {}, async (page) => {
    await page.getByText('column "nmae" does not exist').waitFor();
    await page.getByText("Line 2, column 3").waitFor();
    await page.getByText("Perhaps you meant").waitFor();
    await shoot(page, "results-error");
    await page.locator(".run-error").getByRole("button", { name: "Run again" }).click();
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "query/run").length === 2,
    );
  });
});

test("cancel is sent and shown at once, also when the server is silent", async () => {
  await withView({ view: "results", kind: "silent" }, {}, async (page) => {
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled", { exact: true }).waitFor();
    const [run] = await sent(page, "query/run");
    assert.deepEqual((await sent(page, "$/cancelRequest"))[0].params, { id: run.id });
  });
});

test("after a reload a result offers to run again and does not do it by itself", async () => {
  const state = {
    sessionId: "s1",
    sql: "SELECT id,\n  nmae FROM customers",
    title: "x",
    connectionName: "Sample shop",
  };
  await withView({ view: "results", rows: 10, state }, {}, async (page) => {
    await page.getByText("This result was closed with its window").waitFor();
    assert.equal((await sent(page, "query/run")).length, 0);
    await page.getByRole("button", { name: "Run again" }).click();
    await cell(page, 0, 0).waitFor();
  });
});

const production = { environment: "prod", readOnly: false, connectionName: "Shop" };

test("what the guard refused says why, and what can be done", async () => {
  await withView({ view: "results", kind: "refused", about: production }, {}, async (page) => {
    await page.getByRole("heading", { name: "This was not run" }).waitFor();
    await page.getByText("DROP TABLE is blocked in production").waitFor();
    await page.getByText("What you can do: Allow destructive statements").waitFor();
    await page.locator("footer .environment", { hasText: "production" }).waitFor();
    await shoot(page, "results-refused");
  });
});

test("a dry run says that everything is as before, and can be run for good", async () => {
  const about = { mode: "dryRun" };
  await withView({ view: "results", kind: "changes", about }, {}, async (page) => {
    await page.getByText("Dry run: 12 rows would change; everything was rolled back.").waitFor();
    await shoot(page, "results-dry-run");
    await page.getByRole("button", { name: "Run it" }).click();
    await page.getByRole("button", { name: "Undo: Create the index again" }).waitFor();
    const modes = (await sent(page, "query/run")).map(({ params }) => params.mode);
    assert.deepEqual(modes, ["dryRun", "run"]);
    assert.equal(await page.getByText("Dry run:").count(), 0);
  });
});

test("what changed too much and was rolled back is refused, and no dry run", async () => {
  const about = { mode: "dryRun" };
  await withView({ view: "results", kind: "changes", tooMany: true, about }, {}, async (page) => {
    await page.getByRole("heading", { name: "This was not run" }).waitFor();
    await page.getByText("What you can do: Change fewer rows at a time.").waitFor();
    assert.equal(await page.getByText("Dry run:").count(), 0);
  });
});

test("what was done is taken back by a statement that is run like any other", async () => {
  await withView({ view: "results", kind: "changes" }, {}, async (page) => {
    await page.getByText("Its statistics are gathered anew.").waitFor();
    await shoot(page, "results-undo");
    await page.getByRole("button", { name: "Undo: Create the index again" }).click();
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "query/run").length === 2,
    );
    const [, { params }] = await sent(page, "query/run");
    assert.equal(params.sql, "CREATE INDEX total ON orders (total)");
  });
});

test("a transaction that waits is committed, and rolled back when the page closes", async () => {
  await withView({ view: "results", kind: "changes", held: 60_000 }, {}, async (page) => {
    await page.getByText("12 rows changed, and not committed yet").waitFor();
    await page.getByText(/It is rolled back in \d\d seconds/).waitFor();
    await shoot(page, "results-held");
    const closing = (await sent(page, "host/atClose")).pop().params.requests;
    const rollBack = { sessionId: "s1", commit: false };
    assert.deepEqual(closing[0], { method: "transaction/end", params: rollBack });
    await page.getByRole("button", { name: "Commit" }).click();
    await page.getByText("Committed: 12 rows.").waitFor();
    const [{ params }] = await sent(page, "transaction/end");
    assert.deepEqual(params, { sessionId: "s1", commit: true });
    const left = (await sent(page, "host/atClose")).pop().params.requests;
    assert.deepEqual(
      left.map(({ method }) => method),
      ["result/close"],
    );
  });
});

test("a transaction that nobody decides on says that it was rolled back", async () => {
  await withView({ view: "results", kind: "changes", held: 300 }, {}, async (page) => {
    await page.getByText("Nobody decided, so it was rolled back.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Commit" }).count(), 0);
  });
});

test("a preview that is cut says so", async () => {
  const about = { limit: 1000 };
  await withView({ view: "results", rows: 1000, about }, {}, async (page) => {
    await status(page).getByText("preview: only the first 1,000 rows are read").waitFor();
    assert.equal((await sent(page, "query/run"))[0].params.limit, 1000);
  });
});
