// The AI page in Chromium: setting up, and what was sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, sent, shoot, status, withView } from "../page_test.mjs";
import { themeNames } from "../themes.mjs";

const openai = { provider: "openai", enabled: true };
const at = "2026-01-31T10:00:00Z";
const agreed = { consents: [{ provider: "openai", address: "https://api.openai.com", at }] };
const used = { sessionTokens: 12_300, dayTokens: 40_000, estimated: true, cost: 0.12 };

const lastSaved = async (page) => (await sent(page, "host/saveAi")).at(-1)?.params.settings;

test("ai: from nothing to a model: provider, switch, consent, key, model", async () => {
  await withView({ view: "ai" }, {}, async (page) => {
    await page.getByText("AI is off: nothing is sent.").first().waitFor();
    assert.equal(await page.getByRole("heading", { name: "Consent" }).isVisible(), false);
    await page.getByLabel("OpenAI, or compatible").check();
    await page.getByRole("heading", { name: "Consent" }).waitFor();
    await page.getByText("OpenAI, or compatible, https://api.openai.com").waitFor();
    await page.getByText("Never sent: rows of results").waitFor();
    await page.getByLabel("Let MyDBA ask a model").check();
    await page.getByText("You have not agreed yet").first().waitFor();
    assert.ok(await page.getByRole("button", { name: "List models" }).isDisabled());
    await page.getByRole("button", { name: "I agree" }).click();
    const [{ params }] = await sent(page, "host/consent");
    assert.deepEqual(params, {
      provider: "openai",
      address: "https://api.openai.com",
      agreed: true,
    });
    await page.getByText("You agreed on").waitFor();
    await page.getByLabel("gpt-4o-mini").check();
    await page.getByText("model gpt-4o-mini.").first().waitFor();
    assert.deepEqual(await lastSaved(page), { model: "gpt-4o-mini" });
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("You have not agreed yet").first().waitFor();
  });
});

test("ai: a key is stored for its address, never shown again, and forgotten", async () => {
  await withView({ view: "ai", settings: openai }, {}, async (page) => {
    await page.getByLabel("Key for https://api.openai.com").fill("sk-s3cret");
    await page.getByRole("button", { name: "Store" }).click();
    await page.getByText("Stored for https://api.openai.com").waitFor();
    const [{ params }] = await sent(page, "host/saveKey");
    assert.equal(params.key, "sk-s3cret");
    const html = await page.content();
    assert.ok(!html.includes("sk-s3cret"), "in the page");
    assert.ok(!JSON.stringify(await page.evaluate(() => window.state)).includes("sk-s3cret"));
    await page.getByRole("button", { name: "Forget" }).click();
    await page.getByLabel("Key for https://api.openai.com").waitFor();
    // Another address has another key.
    await page.getByLabel("Address").fill("http://127.0.0.1:8080/v1");
    await page.getByLabel("Address").press("Enter");
    await page.getByLabel("Key for http://127.0.0.1:8080").waitFor();
    await page.getByText("http://127.0.0.1:8080, on this machine or in your network").waitFor();
  });
});

test("ai: another provider begins with its own address and without a model", async () => {
  const settings = { ...openai, baseUrl: "http://127.0.0.1:8080/v1", model: "gpt-4o" };
  await withView({ view: "ai", settings }, {}, async (page) => {
    await page.getByLabel("Ollama").check();
    await page.getByText("http://127.0.0.1:11434").first().waitFor();
    assert.deepEqual(await lastSaved(page), {
      provider: "ollama",
      baseUrl: "",
      apiVersion: "",
      model: "",
    });
    await page.getByLabel("The editor's models").check();
    await page.getByText("the editor's own models, wherever those run").waitFor();
    assert.equal(await page.getByLabel("Address").isVisible(), false);
    assert.equal(await page.getByRole("heading", { name: "Key" }).isVisible(), false);
    await page.getByLabel("No AI").check();
    await page.getByRole("heading", { name: "Model" }).waitFor({ state: "hidden" });
  });
});

test("ai: an API version is asked for where the address is Azure's", async () => {
  await withView({ view: "ai", settings: openai }, {}, async (page) => {
    assert.equal(await page.getByLabel("API version").isVisible(), false);
    await page.getByLabel("Address").fill("https://shop.openai.azure.com");
    await page.getByLabel("Address").press("Enter");
    await page.getByLabel("API version").fill("2024-10-21");
    await page.getByLabel("API version").press("Enter");
    await page.waitForFunction(
      () => window.sent.at(-1).params.settings?.apiVersion === "2024-10-21",
    );
  });
});

test("ai: models that cannot be listed say why; none says what to do; one can be typed", async () => {
  const settings = { ...openai, ...agreed };
  await withView({ view: "ai", kind: "modelsFail", settings }, {}, async (page) => {
    await page.getByText("the key was refused (401)").waitFor();
    await page.getByText("Store the key of the provider above.").waitFor();
    await shoot(page, "ai-models-failed");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByLabel("gpt-4o-mini").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("mini");
    assert.equal(await page.locator(".models label").count(), 1);
    await page.getByLabel("Name", { exact: true }).fill("my-own");
    await page.getByText("None of the list has that in its name.").waitFor();
    await page.getByLabel("Name", { exact: true }).press("Enter");
    await page.getByText("model my-own.").first().waitFor();
  });
  await withView({ view: "ai", kind: "noModels", settings }, {}, async (page) => {
    await page.getByText("It has no models yet.").waitFor();
  });
  await withView({ view: "ai", kind: "slow", settings }, {}, async (page) => {
    await page.getByText("Asking for the models…").waitFor();
  });
});

test("ai: what is sent, limits and documents: each is saved, what is wrong is not", async () => {
  await withView({ view: "ai", settings: openai, used }, {}, async (page) => {
    await page.getByText("the statement and its plan, with their names").waitFor();
    await page.getByLabel("Names of tables and columns").selectOption("alias");
    await page.getByText("the statement and its plan, with other names").waitFor();
    await page.getByLabel("Schema").selectOption("full");
    await page.getByText("tables, columns, types, keys and indexes that").waitFor();
    await page.getByLabel("Send earlier turns").uncheck();
    await page
      .getByText("earlier turns of the conversation", { exact: true })
      .waitFor({ state: "detached" });
    await page.getByLabel("Tokens a day").fill("many");
    await page.getByLabel("Tokens a day").press("Enter");
    await page.getByText("A whole number from 0 to").waitFor();
    assert.deepEqual(await lastSaved(page), { sendHistory: false });
    await page.getByLabel("Tokens a day").fill("50000");
    await page.getByLabel("Tokens a day").press("Enter");
    await page.waitForFunction(() => window.sent.at(-1).params.settings?.dayTokens === 50_000);
    await page.getByText("Used: about 12,300 tokens since the helper began, $0.12").waitFor();
    await page.getByRole("button", { name: "Browse…" }).click();
    await page.getByText("12 files are searched, 4 files are not.").waitFor();
    await page.getByText("Files that are not searched").click();
    await page.getByText("big.md: larger than 1 MiB").waitFor();
  });
});

test("ai: a workspace has settings of its own, and gives them back", async () => {
  const settings = { ...openai, model: "gpt-4o" };
  const ofWorkspace = ["provider", "model"];
  await withView({ view: "ai", settings, ofWorkspace }, {}, async (page) => {
    await page.getByText("This workspace has its own: provider, model.").waitFor();
    const only = page.getByLabel("for this workspace only");
    assert.ok(await only.isChecked());
    await page.getByLabel("Ask me before each request").check();
    await page.waitForFunction(() => window.sent.at(-1).params.workspace === true);
    await only.uncheck();
    await page.getByText("This workspace has its own").waitFor({ state: "detached" });
    assert.deepEqual(await lastSaved(page), {
      provider: null,
      model: null,
      confirmBeforeSend: null,
    });
  });
  await withView({ view: "ai", kind: "noWorkspace" }, {}, async (page) => {
    await page.getByLabel("Let MyDBA ask a model").waitFor();
    assert.equal(await page.getByLabel("for this workspace only").isVisible(), false);
  });
});

test("ai: what was sent: report, pages, search, word for word, clear", async () => {
  await withView({ view: "ai", tab: "sent" }, {}, async (page) => {
    await page.getByText("450 requests with 659.2 KiB since").waitFor();
    await page.getByText("Where it went").click();
    await page.getByRole("cell", { name: "the editor's models" }).waitFor();
    await cell(page, 0, 1).click();
    const text = await page.locator("aside pre").textContent();
    assert.match(text, /Question 0: why is SELECT \* FROM orders WHERE id = :p1 slow/);
    assert.equal(await cell(page, 1, 2).textContent(), "failed: timeout");
    assert.equal(await cell(page, 2, 2).textContent(), "sent, no answer yet");
    await cell(page, 5, 1).click();
    await shoot(page, "ai-sent-hostile");
    for (let pages = 2; pages <= 3; ++pages) {
      await page.keyboard.press("Control+End");
      await page.waitForFunction(
        (wanted) => window.sent.filter((m) => m.method === "ai/sent").length >= wanted,
        pages,
      );
    }
    await status(page).getByText("450 requests").waitFor();
    await page.getByLabel("Search what was sent").fill("Question 44:");
    await status(page).getByText("1 request", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    await page.waitForFunction(() => window.sent.some((m) => m.method === "host/save"));
    const [save] = await sent(page, "host/save");
    assert.match(save.params.suggestedName, /^mydba-sent-\d{4}-\d\d-\d\d\.json$/);
    assert.equal(JSON.parse(save.params.text).length, 1);
    await page.getByLabel("Search what was sent").fill("");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Nothing was sent", { exact: true }).waitFor();
  });
  await withView({ view: "ai", tab: "sent", kind: "sentFails" }, {}, async (page) => {
    await page.getByText("sent.db: no permission").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await cell(page, 0, 1).waitFor();
  });
});

test("ai in 320 pixels: nothing sticks out", async () => {
  const settings = { ...openai, ...agreed, documents: "/home/anna/runbooks" };
  await withView({ view: "ai", settings }, { width: 320, height: 700 }, async (page) => {
    await page.getByLabel("gpt-4o-mini").waitFor();
    const outside = () =>
      page
        .locator(":is(input, button, select, label, p, li):visible")
        .evaluateAll((all) =>
          all
            .filter((e) => e.getBoundingClientRect().right > innerWidth)
            .map((e) => e.outerHTML.slice(0, 80)),
        );
    assert.deepEqual(await outside(), []);
    await shoot(page, "ai-320");
    await page.getByRole("tab", { name: "What was sent" }).click();
    await cell(page, 0, 0).waitFor();
    assert.deepEqual(await outside(), []);
    await shoot(page, "ai-sent-320");
  });
});

for (const theme of themeNames)
  test(`looks of the AI page in ${theme}`, async () => {
    const look = (settings, name, act) =>
      withView(
        { view: "ai", ...settings },
        { theme, height: 1500, width: 900, reducedMotion: "reduce" },
        async (page) => {
          await act(page);
          await shoot(page, `ai-${name}-${theme}`);
        },
      );
    await look({}, "off", (page) => page.getByText("AI is off").first().waitFor());
    await look({ settings: openai }, "consent", (page) =>
      page.getByRole("button", { name: "I agree" }).waitFor(),
    );
    const documents = "/home/anna/runbooks";
    const ready = { ...openai, ...agreed, model: "gpt-4o", documents };
    const keys = ["openai https://api.openai.com"];
    await look({ settings: ready, keys, used, ofWorkspace: ["model"] }, "ready", async (page) => {
      await page.getByRole("button", { name: "List models" }).click();
      await page.getByLabel("gpt-4o-mini").waitFor();
      await page.getByLabel("Tokens a day").fill("many");
      await page.getByLabel("Tokens a day").press("Enter");
    });
    await look({ tab: "sent" }, "sent", async (page) => {
      await page.getByText("Where it went").click();
      await cell(page, 0, 1).click();
    });
    await look({ tab: "sent", kind: "unsent" }, "sent-empty", (page) =>
      page.getByText("Nothing was sent", { exact: true }).waitFor(),
    );
  });
