// @mydba inside the plan, the profile and the process list, in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sent, shoot, withView } from "../page_test.mjs";
import { hostile } from "../scenarios/hostile.mjs";
import { themeNames } from "../themes.mjs";

const facets = ["explain", "profile", "whatIf"];
const toggle = (page) => page.getByRole("button", { name: "Ask @mydba" }).first();
const pane = (page) => page.getByRole("region", { name: "Answer of @mydba" });
const answered = (page) => pane(page).locator(".sent").waitFor();
const actions = async (page) => (await sent(page, "host/chatAction")).map(({ params }) => params);

async function ask(page) {
  await toggle(page).click();
  await answered(page);
}

test("the plan is explained without a model: facts, documents, buttons, and that nothing was sent", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await page.locator(".card").first().waitFor();
    assert.deepEqual(await sent(page, "chat/ask"), [], "nothing is asked by itself");
    await ask(page);
    const [{ params }] = await sent(page, "chat/ask");
    const { command, prompt, sessionId, sessions } = params;
    assert.deepEqual(
      { command, sessionId, sessions },
      { command: "explain", sessionId: "s1", sessions: [] },
    );
    assert.match(prompt, /^SELECT/i);
    const text = pane(page);
    await text.getByRole("heading", { name: "@mydba · The plan" }).waitFor();
    assert.equal(
      await text.locator("li strong").first().textContent(),
      "🛑 critical: order_items is read in full",
    );
    assert.match(await text.locator("pre").textContent(), /Seq Scan order_items/);
    await text.getByText("No model was asked. AI is off: nothing is sent.").waitFor();
    assert.equal(
      await text.getByRole("button", { name: "Open the plan" }).count(),
      0,
      "it is open",
    );
    await text.getByRole("button", { name: "Run the statement" }).click();
    await text.getByRole("button", { name: "Reading a plan" }).click();
    const [run, document] = await actions(page);
    assert.deepEqual(run, {
      kind: "button",
      title: "Run the statement",
      action: "runQuery",
      sql: prompt,
      profileId: "s1",
    });
    assert.equal(document.action, "openDocument");
    assert.equal(document.anchor, "postgres/plans#scan");
    const links = await text.locator("a").evaluateAll((found) => found.map(({ href }) => href));
    assert.deepEqual(links, ["https://www.postgresql.org/docs/18/using-explain.html"]);
  });
});

test("with a model it is said to whom how much was sent, and the text can be seen", async () => {
  await withView({ view: "plan", model: true }, {}, async (page) => {
    await ask(page);
    const line = pane(page).locator(".sent");
    assert.match(
      await line.textContent(),
      /^3,\d\d\d characters were sent to Local models at http:\/\/127\.0\.0\.1:8080, model small\. /,
    );
    assert.equal(await pane(page).locator("ol li").count(), 3);
    assert.equal(await pane(page).locator("tbody tr").count(), 2);
    await line.getByRole("button", { name: "Show what was sent" }).click();
    assert.match((await actions(page))[0].text, /"model":"small"/);
  });
});

test("the next question goes on with the answer; one that runs the statement asks before", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await ask(page);
    await pane(page).getByRole("button", { name: "Make it faster" }).click();
    await pane(page).getByRole("heading", { name: "@mydba · Make it faster" }).waitFor();
    const [question] = await sent(page, "host/confirm");
    assert.match(question.params.message, /Run the statement for the answer/);
    const [, { params }] = await sent(page, "chat/ask");
    assert.equal(params.command, "optimize");
    assert.equal(params.memory, "turns");
    await answered(page);
    await pane(page).getByRole("button", { name: "Ask again" }).click();
    await page.waitForFunction(() => window.sent.filter((m) => m.method === "chat/ask").length > 2);
    assert.equal((await sent(page, "chat/ask"))[2].params.command, "optimize", "the same again");
  });
  await withView({ view: "plan", confirm: false }, {}, async (page) => {
    await ask(page);
    await pane(page).getByRole("button", { name: "Make it faster" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/confirm"));
    await pane(page).getByRole("button", { name: "Reading a plan" }).click();
    assert.equal((await sent(page, "chat/ask")).length, 1, "declined");
  });
});

test("a profile is explained as one, after asking: its recipe runs the statement", async () => {
  await withView({ view: "plan", facets }, {}, async (page) => {
    await page.getByRole("button", { name: /^Profile/ }).click();
    await page.getByRole("option", { name: /^Planning/ }).waitFor();
    await ask(page);
    await pane(page).getByRole("heading", { name: "@mydba · Where the time goes" }).waitFor();
    assert.equal((await sent(page, "chat/ask"))[0].params.command, "profile");
    assert.match((await sent(page, "host/confirm"))[1].params.detail, /read-only/);
    await shoot(page, "answer-profile-dark");
    await page.getByRole("tab", { name: "Plan", exact: true }).click();
    await pane(page).getByRole("button", { name: "Ask again" }).click();
    await pane(page).getByRole("heading", { name: "@mydba · The plan" }).waitFor();
  });
});

test("the sessions are explained", async () => {
  await withView({ view: "processes" }, {}, async (page) => {
    await page.locator("tbody tr").first().waitFor();
    await ask(page);
    const [{ params }] = await sent(page, "chat/ask");
    assert.equal(params.command, "processlist");
    assert.equal(params.prompt, "");
    assert.equal(
      await pane(page).getByRole("button", { name: "Open the process list" }).count(),
      0,
    );
    await pane(page).getByText("waits for 103").waitFor();
  });
});

test("what has come is shown while it comes; cancelling tells the host and keeps it", async () => {
  await withView({ view: "plan", answer: "waits" }, {}, async (page) => {
    await toggle(page).click();
    await pane(page).getByText("critical: order_items is read in full").waitFor();
    await pane(page).getByRole("status").getByText("Asking the server for the plan").waitFor();
    assert.equal(await pane(page).locator(".markdown").getAttribute("aria-busy"), "true");
    const credits = await sent(page, "$/credit");
    assert.deepEqual(
      credits.map(({ params }) => params.n),
      [1, 1],
    );
    await shoot(page, "answer-waits-dark");
    await pane(page).getByRole("button", { name: "Cancel" }).click();
    await pane(page).getByText("Cancelled: the answer is not complete.").waitFor();
    const [{ id }] = await sent(page, "chat/ask");
    assert.deepEqual(
      (await sent(page, "$/cancelRequest")).map(({ params }) => params.id),
      [id],
    );
    assert.match(await pane(page).locator(".markdown").textContent(), /critical/);
    await pane(page).getByRole("button", { name: "Ask again" }).click();
    await pane(page).getByRole("progressbar").waitFor();
    await pane(page).getByRole("button", { name: "Close" }).click();
    assert.equal((await sent(page, "$/cancelRequest")).length, 2, "closing cancels");
  });
});

test("a failure is told with its hint and can be tried again", async () => {
  await withView({ view: "plan", answer: "fails" }, {}, async (page) => {
    await toggle(page).click();
    await pane(page).getByText("The connection was lost.").waitFor();
    await pane(page).getByText("Connect again.").waitFor();
    await shoot(page, "answer-fails-dark");
    await pane(page).getByRole("button", { name: "Try again" }).click();
    await page.waitForFunction(
      () => window.sent.filter((m) => m.method === "chat/ask").length === 2,
    );
  });
});

test("keyboard: the focus goes into the pane, Escape leads back; what was answered is still there", async () => {
  await withView({ view: "plan" }, {}, async (page) => {
    await page.locator(".card").first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await toggle(page).focus();
    await page.keyboard.press("Enter");
    await answered(page);
    assert.equal(await focused(), "@mydba · The plan");
    assert.equal(await toggle(page).getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await pane(page).isVisible(), false);
    assert.equal(await focused(), "Ask @mydba");
    await page.keyboard.press("Enter");
    await answered(page);
    assert.equal((await sent(page, "chat/ask")).length, 1, "not asked anew");
  });
});

test("after a reload the pane is open and empty, and asks only when it is told to", async () => {
  await withView({ view: "plan", keeps: true }, {}, async (page) => {
    await ask(page);
    await page.waitForFunction(() => window.state?.answering === true);
    await page.reload();
    await pane(page).getByText("Nothing is asked before you press the button.").waitFor();
    assert.deepEqual(await sent(page, "chat/ask"), []);
    assert.deepEqual(await sent(page, "ai/status"), []);
    await shoot(page, "answer-empty-dark");
    await pane(page).getByRole("button", { name: "Ask @mydba" }).click();
    await answered(page);
  });
});

test("a saved plan has no @mydba: no server stands behind it", async () => {
  await withView({ view: "plan", kind: "saved" }, {}, async (page) => {
    await page.getByRole("listitem").getByRole("button").first().click();
    await page.locator(".card").first().waitFor();
    assert.equal(await page.getByRole("button", { name: "Ask @mydba" }).count(), 0);
  });
});

test("an answer of hostile text makes nothing but text", async () => {
  await withView({ view: "plan", answer: "hostile" }, {}, async (page) => {
    await ask(page);
    const text = pane(page).locator(".markdown");
    assert.equal(await pane(page).locator("a, img, script, iframe, input, svg image").count(), 0);
    const names = await text
      .locator("*")
      .evaluateAll((found) => [
        ...new Set(found.flatMap((element) => [...element.attributes].map(({ name }) => name))),
      ]);
    assert.deepEqual(names.sort(), ["class", "dir", "tabindex"]);
    const shown = await text.textContent();
    for (const part of [...hostile(), "[click](https://evil.example)"].filter((t) => !/`/.test(t)))
      assert.ok(shown.includes(part), part.slice(0, 60));
    await shoot(page, "answer-hostile-dark");
  });
});

for (const theme of themeNames)
  test(`answers in the ${theme} theme, wide, narrow and small`, async () => {
    for (const [width, height] of [
      [1200, 760],
      [900, 760],
      [730, 310],
      [320, 600],
      [320, 300],
    ])
      await withView({ view: "plan", model: true }, { theme, width, height }, async (page) => {
        await page.locator(".card").first().waitFor();
        await ask(page);
        await shoot(page, `answer-plan-${theme}-${width}-${height}`);
        const body = await pane(page).locator(".answer-body").boundingBox();
        assert.ok(body.width >= Math.min(width, 318) && body.height > 140, JSON.stringify(body));
        const wide = await pane(page).evaluate(
          (e) => e.querySelector(".answer-body").scrollWidth - e.clientWidth,
        );
        assert.ok(wide <= 0, "nothing sticks out");
        await pane(page).locator(".sent").scrollIntoViewIfNeeded();
        await shoot(page, `answer-plan-${theme}-${width}-${height}-end`);
      });
    for (const width of [1200, 320])
      await withView({ view: "processes" }, { theme, width }, async (page) => {
        await page.locator("tbody tr").first().click();
        await ask(page);
        await shoot(page, `answer-processes-${theme}-${width}`);
      });
  });
