// @mydba on the plan, or on the profile where that is shown.
import { AnswerPane, type Question } from "../shared/answer_pane.js";
import type { PlanHost } from "./page_host.js";
import { toRunForAnswer } from "./questions.js";

/** Undefined for a saved plan: the recipes are about a statement on a server. */
export function answerPane(
  page: PlanHost,
  toggled: (isOpen: boolean) => void,
): AnswerPane | undefined {
  const { asked, bridge } = page;
  if (asked === undefined) return undefined;
  const { sessionId, sql } = asked;
  const host = {
    sessionId,
    toggled,
    question: (): Question => {
      const { run, part = "plan" } = page.state;
      return run === undefined || part === "plan"
        ? { command: "explain", prompt: sql, about: "The plan" }
        : { command: "profile", prompt: sql, about: "Where the time goes" };
    },
    agrees: async ({ command }: Question) =>
      command === "explain" || (await page.agrees(...toRunForAnswer(page.state))),
    leadsHere: (to: { action: string; sql?: string }) =>
      (to.action === "openPlan" || to.action === "openProfile") && to.sql === sql,
  };
  return new AnswerPane(bridge, host, page.state.answering === true);
}
