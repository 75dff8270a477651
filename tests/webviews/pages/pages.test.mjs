// The views in a real Chromium, behind the content security policy of the editor, with a scripted host.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { startBrowser } from "../browser.mjs";
import { hostile } from "../scenarios/hostile.mjs";
import { themeNames } from "../themes.mjs";

const shots = process.env.MYDBA_WEB_SHOTS;
let browser;

before(async () => {
  browser = await startBrowser(process.env.MYDBA_WEB_DIST);
});
after(() => browser?.stop());

/** Opens a view for one test; fails the test on any error of the page or breach of the policy. */
async function withView(settings, options, check) {
  const page = await browser.open(settings, options);
  try {
    await check(page);
    assert.deepEqual(page.problems, []);
    assert.equal(await page.evaluate(() => window.hacked), undefined, "something executed");
  } finally {
    await page.close();
  }
}

const sent = (page, method) =>
  page.evaluate((wanted) => window.sent.filter((m) => m.method === wanted), method);
const shoot = (page, name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
const cell = (page, row, column) =>
  page.locator(`.grid-cell[data-row="${row}"][data-column="${column}"]:visible`);
const status = (page) => page.locator("footer");

/** Resolves when the page shows a row; gives the milliseconds it took inside the page. */
function timeToRow(page, action) {
  return page.evaluate(async (step) => {
    const start = performance.now();
    const target = new Function(step)();
    for (;;) {
      const found = document.querySelector(`.grid-cell[data-row="${target}"]:not(.loading)`);
      if (found !== null && !found.closest("[hidden]")) return performance.now() - start;
      if (performance.now() - start > 5000) throw new Error(`row ${target} never came`);
      await new Promise(requestAnimationFrame);
    }
  }, action);
}

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

test("scrolling grants credit and reads on", async () => {
  await withView({ view: "results", rows: 1_000_000 }, {}, async (page) => {
    await cell(page, 0, 1).waitFor();
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

test("ten million rows: any row within 300 ms, the panel below 300 MB", async () => {
  await withView({ view: "results", rows: 10_000_000 }, {}, async (page) => {
    await cell(page, 0, 1).waitFor();
    await page.getByRole("button", { name: "Read all rows" }).click();
    await cell(page, 9_999_999, 0).waitFor();
    assert.equal(await cell(page, 9_999_999, 0).textContent(), "9999999");
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
    assert.ok(
      Math.max(...times) < 300,
      `slowest of ${times.length} jumps: ${Math.max(...times)} ms`,
    );
    const megabytes = await browser.rendererMegabytes();
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

test("connection: URL, test, save; the password is never kept", async () => {
  await withView({ view: "connection" }, {}, async (page) => {
    await page.locator("#url").fill("two://anna:s3cret@db.example");
    await page.getByRole("button", { name: "Use" }).click();
    await page.waitForFunction(() => document.querySelector("#field-host").value === "db.example");
    assert.equal(await page.locator("#field-password").inputValue(), "s3cret");
    await page.locator("#field-name").fill("My shop");
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("It works: PostgreSQL 18.0").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/saveConnection"));
    const [{ params }] = await sent(page, "host/saveConnection");
    const { id, ...profile } = params.profile;
    assert.match(id, /^[0-9a-f-]{36}$/);
    const expected = {
      name: "My shop",
      engine: "two",
      host: "db.example",
      user: "anna",
      database: "shop",
      port: 3307,
    };
    assert.deepEqual(profile, expected);
    assert.equal(params.password, "s3cret");
    assert.ok(!(await page.evaluate(() => JSON.stringify(window.state))).includes("s3cret"));
  });
});

test("connection: what is wrong is said; a file engine asks for a file; an edit keeps the password", async () => {
  const profile = { id: "p1", name: "Shop", engine: "one", host: "bad" };
  await withView({ view: "connection", profile, hasPassword: true }, {}, async (page) => {
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("Check user and password.").waitFor();
    await page.locator("#field-port").fill("99999");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("A port is a number").waitFor();
    assert.equal((await sent(page, "host/saveConnection")).length, 0);
    await page.locator("#field-port").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/saveConnection"));
    assert.deepEqual((await sent(page, "host/saveConnection"))[0].params, { profile });
    await page.getByText("File Engine").click();
    await page.getByRole("button", { name: "Browse" }).click();
    await page.waitForFunction(
      () => document.querySelector("#field-path").value === "/data/shop.db",
    );
  });
});

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
});

test("every view keeps to its view.json", async () => {
  const root = path.resolve(import.meta.dirname, "../../..");
  for (const id of ["results", "plan", "processes", "connection"]) {
    const view = JSON.parse(readFileSync(path.join(root, "webviews", id, "view.json"), "utf8"));
    const bundle = readFileSync(path.join(process.env.MYDBA_WEB_DIST, `webviews/${id}.js`), "utf8");
    for (const method of view.methods)
      assert.ok(bundle.includes(`"${method}"`), `${id}: ${method}`);
    const used = bundle.matchAll(/bridge_?\.(?:action|ask)\("(\w+)"/g);
    for (const [, action] of used) assert.ok(view.hostActions.includes(action), `${id}: ${action}`);
    assert.ok(
      !/innerHTML|outerHTML|insertAdjacentHTML/.test(bundle.replace(/\/\/.*/g, "")) ||
        id === "plan",
    );
  }
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
    await look({ view: "connection" }, "connection", (page) =>
      page.getByText("TLS, SSH and more").click(),
    );
  });
}
