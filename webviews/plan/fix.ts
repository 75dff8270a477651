// A finding's index, created: through the guard like whatever else is run, then planned again, with the proof beside
// and a way to take it back. Measured again only when the first plan was, and when the user agrees.
import type {
  ExplainResult,
  ResultSetEndEvent,
  RunResult,
} from "../../protocol/generated/ts/protocol.js";
import { OutcomeBanners } from "../results/outcome.js";
import { outcomeOf, type RunOutcome } from "../results/layout.js";
import { banner } from "../shared/banner.js";
import type { Call } from "../shared/bridge.js";
import { elide } from "../shared/dom.js";
import type { PlanHost } from "./page_host.js";

export interface Fix {
  readonly sql: string;
  readonly tradeOff: string;
}

/** In production the guard asks, with the impact; elsewhere it lets an index pass, so this page asks. */
const guardAsks = ({ state }: PlanHost) => state.environment === "prod";

export async function createIndex(page: PlanHost, { sql, tradeOff }: Fix): Promise<void> {
  const before = page.state.result;
  if (before === undefined || page.asked === undefined) return;
  const where = page.state.connectionName ?? "the server";
  const detail = [elide(sql, 2000), tradeOff].filter((text) => text !== "").join("\n\n");
  const agreed =
    guardAsks(page) || (await page.agrees(`Create this index on ${where}?`, detail, "Create"));
  if (!agreed) return;
  page.back();
  const outcome = await run(page, sql, () => void createIndex(page, { sql, tradeOff }));
  if (outcome === undefined) return;
  await prove(page, before, outcome);
}

/** Runs statements through the guard; undefined when they were not. */
function run(page: PlanHost, sql: string, retry: () => void): Promise<RunOutcome | undefined> {
  const ends: ResultSetEndEvent[] = [];
  const sessionId = page.asked?.sessionId ?? "";
  const call = page.bridge.stream(
    "query/run",
    { sessionId, sql },
    {
      credit: 16,
      item: (event) => {
        if (event.kind === "resultSetEnd") ends.push(event);
        call.grant(1);
      },
      frame: () => call.grant(1),
    },
  );
  const told: Call<RunResult> = call;
  return page.work(told, retry).then((done) => done && outcomeOf(ends, done.held));
}

/** What was run can be taken back here, as in the results; what waits for a decision is proved after it. */
function outcomeNote(page: PlanHost, outcome: RunOutcome, settled: () => void): HTMLElement {
  const sessionId = page.asked?.sessionId ?? "";
  const rollBack = { method: "transaction/end", params: { sessionId, commit: false } };
  const banners = new OutcomeBanners(page.bridge, sessionId, {
    run: (sql) => void undo(page, sql),
    runForGood: () => undefined,
    settled: () => {
      page.bridge.action("atClose", { requests: [] });
      settled();
    },
  });
  banners.show(outcome);
  if (banners.waits) page.bridge.action("atClose", { requests: [rollBack] });
  return banners.element;
}

async function prove(page: PlanHost, before: ExplainResult, outcome: RunOutcome): Promise<void> {
  if (outcome.held !== undefined) {
    page.note(outcomeNote(page, outcome, () => void planAgain(page, before, [])));
    return;
  }
  const isFinal = outcome.undos.length > 0;
  const note = isFinal
    ? outcomeNote(page, outcome, () => undefined)
    : banner("ok", "Done. No statement is known that would take it back.");
  await planAgain(page, before, [note]);
}

/** The plan of now beside the one of before. */
async function planAgain(
  page: PlanHost,
  before: ExplainResult,
  notes: readonly HTMLElement[],
): Promise<void> {
  page.note(...notes);
  const retry = () => void planAgain(page, before, notes);
  const after = await planNow(page, before.tree.analyzed, retry);
  if (after === undefined) return;
  if (page.state.result !== after) page.explained(after);
  page.note(...notes);
  await page.compare(before.tree, after.tree, {
    title: "Before and after the index",
    sides: ["Before", "After"],
    notes,
    tools: [],
  });
}

async function planNow(
  page: PlanHost,
  measured: boolean,
  retry: () => void,
): Promise<ExplainResult | undefined> {
  const { asked } = page;
  if (asked === undefined) return undefined;
  const detail = `The plan before was measured; without a second run only costs can be compared. Changes to data are rolled back or refused.\n\n${elide(asked.sql, 600)}`;
  const message = "Run the statement again to measure what the index did?";
  const analyze = measured && (await page.agrees(message, detail, "Measure"));
  if (analyze) return page.measureAgain(retry);
  return page.work(page.bridge.request("plan/explain", { ...asked, analyze }), retry);
}

/** Takes it back, through the guard as well, and shows the plan that the statement has then. */
async function undo(page: PlanHost, sql: string): Promise<void> {
  page.back();
  const outcome = await run(page, sql, () => void undo(page, sql));
  if (outcome === undefined) return;
  const planWithout = async () => {
    const now = await planNow(page, false, () => void planWithout());
    if (now === undefined) return;
    page.explained(now);
    page.note(banner("ok", "Taken back. This is the plan without it."));
  };
  if (outcome.held === undefined) await planWithout();
  else page.note(outcomeNote(page, outcome, () => void planWithout()));
}
