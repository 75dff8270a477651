// What is asked before a statement is run to be measured: the question, what happens, and the button.
import { elide } from "../shared/dom.js";
import type { PlanState } from "./page_host.js";

export type Question = readonly [message: string, detail: string, action: string];

function whatHappens({ connectionName = "the server", sql = "" }: PlanState): string {
  return `It is executed on ${connectionName}; changes to data are rolled back or refused. A slow statement stays slow.\n\n${elide(sql, 600)}`;
}

export const toAnalyze = (state: PlanState): Question => [
  "Run the statement to measure its plan?",
  whatHappens(state),
  "Analyze",
];

export const toProfile = (state: PlanState): Question => [
  "Run the statement to profile it?",
  whatHappens(state),
  "Profile",
];

/** For an answer that measures; the recipes run only what is proved to read. */
export const toRunForAnswer = ({ connectionName, sql = "" }: PlanState): Question => [
  "Run the statement for the answer of @mydba?",
  `It is executed on ${connectionName ?? "the server"}, read-only; its rows are thrown away. A slow statement stays slow.\n\n${elide(sql, 600)}`,
  "Run and Answer",
];

/** Names what the last run lacked and the server can measure. */
export function toEnable(state: PlanState): Question {
  const parts = (state.run?.unavailable ?? [])
    .filter(({ canEnable }) => canEnable === true)
    .map(({ what, reason }) => `${what}: ${reason}`);
  return [
    "Switch on what the server does not measure by itself, for one run?",
    `${parts.join("\n")}\nEverything is set back after the run, also when it fails or is cancelled.\n\n${whatHappens(state)}`,
    "Enable and Profile",
  ];
}
