// What a server answers when something is done from the plan: profiles, indexes tried and created, plans of before.
import { answers } from "./answer.mjs";
import { longRun, measuredRun, poorRun, whatIfWays } from "./profile.mjs";

/** The answer of a server that can try indexes in the ways that a test's setting names. */
function whatIf(setting = "free", explainedNow, compared, { indexes, method }) {
  const ways = whatIfWays[setting];
  const used = method ?? ways.find(({ unavailable, touches }) => !unavailable && !touches)?.method;
  const wished = indexes.map((text, i) => ({
    sql: text,
    name: `<${i + 1}>order_items_quantity`,
    used: i === 0,
    bytes: 41_000_000,
  }));
  if (used === undefined) return { ways, indexes: wished, notices: [] };
  const { comparison, ...trees } = compared;
  const [before, after] = [trees.before, trees.after].map((tree) => ({
    ...explainedNow,
    tree: { ...tree, analyzed: false },
  }));
  const notices = ["Sizes are estimates."];
  return { ways, method: used, indexes: wished, before, after, comparison, notices };
}

/** What can be done from the plan: profile it, try and create indexes, look at plans of before. */
export function planAnswers(host, { sql, current, compared }) {
  let runs = 0;
  let hasIndex = false;
  const { settings } = host;
  const now = (analyze) => {
    const result = current(analyze);
    if (!hasIndex) return result;
    const { after } = compared;
    return { ...result, findings: [], tree: { ...after, analyzed: analyze } };
  };
  const undo = {
    title: "Drop the index",
    sql: "DROP INDEX order_items_quantity_idx",
    caution: "It is built anew when it is wanted again.",
  };
  return {
    ...answers(host),
    "profile/run": (id, { enableInstruments }) => {
      if (settings.profile === "unsupported")
        return host.fail(id, "This server cannot profile a statement.", {
          code: "unsupported",
          hint: "Explain it instead.",
        });
      if (settings.profile === "waiting") return; // until it is cancelled
      const plan = current(true);
      if (settings.profile === "poor" && enableInstruments !== true)
        return host.respond(id, poorRun(sql));
      if (settings.profile === "long") return host.respond(id, longRun(sql, plan, 2000));
      host.respond(id, measuredRun(sql, plan, runs++));
    },
    "whatif/indexes": (id, params) =>
      host.respond(id, whatIf(settings.whatIf, current(false), compared, params)),
    "query/run": (id, { sql: text, stream }) => {
      if (settings.guard === "refuses")
        return host.fail(id, "The statement was not confirmed.", { code: "refused" });
      hasIndex = !/^DROP/.test(text);
      host.item(stream.id, {
        kind: "resultSet",
        resultSet: 0,
        statement: 0,
        sql: text,
        columns: [],
      });
      const end = { kind: "resultSetEnd", resultSet: 0, rows: 0, elapsedMs: 80 };
      host.item(stream.id, hasIndex ? { ...end, undo } : end);
      const held = settings.held === undefined ? {} : { held: { rollbackInMs: settings.held } };
      host.respond(id, { resultSets: 1, rows: 0, elapsedMs: 81, ...held });
    },
    "transaction/end": (id) => host.respond(id, {}),
    "plan/recall": (id) =>
      host.respond(id, { ...current(true), tree: compared.after, findings: [] }),
    "plan/pin": (id) => host.respond(id, {}),
    "plan/compare": (id) => host.respond(id, compared.comparison),
    "plan/explain": (id, { analyze }) => host.respond(id, now(analyze === true)),
  };
}
