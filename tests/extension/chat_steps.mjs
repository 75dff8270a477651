// What a person does with an answer of the chat.
import { complete, nextAnswer, send } from "./harness.mjs";
import { insist } from "./patience.mjs";

/**
 * Asks and waits for all of the answer: what of it is to be seen without unfolding anything. `sources` are the
 * documents that it cites, `links` the addresses of the web in it.
 */
export async function answerTo(page, prompt) {
  return seen(await complete(await send(page, prompt)));
}

/** What there is of a complete answer. */
export async function seen(answer) {
  const said = answer.locator(".chat-markdown-part");
  const shown = (selector) =>
    answer.locator(selector).and(answer.page().locator(":visible")).allInnerTexts();
  await said.first().waitFor();
  return {
    answer,
    text: (await shown(".chat-markdown-part")).join("\n").replaceAll("\u00a0", " "),
    sources: await shown(".chat-inline-anchor-widget"),
    links: await said
      .locator("a[data-href]:not(.chat-inline-anchor-widget)")
      .evaluateAll((found) => found.map((link) => link.dataset.href)),
    buttons: await shown(".chat-command-button"),
  };
}

/** Presses a button below an answer until its effect is seen. */
export const press = (answer, title, effect) =>
  insist(
    `the button ${title}`,
    (timeout) =>
      answer.locator(".chat-command-button a", { hasText: title }).first().click({ timeout }),
    effect,
  );

/** Presses a question that is offered below the last answer, and returns the answer to it. */
export async function followUp(page, label) {
  const question = page.locator(".interactive-session .interactive-followup-reply", {
    hasText: label,
  });
  const begun = nextAnswer(page, label, (timeout) => question.first().click({ timeout }));
  return seen(await complete(await begun));
}
