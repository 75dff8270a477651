// Cases that need more than the plan: `-- facts: yes`. The helper is asked, as an editor asks it. Its
// answer holds the server's own plan, which becomes plan.json, and what it learnt beside it, which
// becomes facts.json: members of PlanTree, and `weighed` of its steps, that the test of the library
// puts back. Such a case may also say
//
//   -- commit: STATEMENT    made on the server first, and kept
//   -- runs: 6              how often the statement runs before it is explained
//   -- earlier: STATEMENT   its plan is asked for, this is made on the server, and then the plan is
//                           asked for again, so that there is an earlier one
//   -- after: STATEMENT     made when all is done
import { Client } from "../../tests/server/client.mjs";

const members = ["relations", "statistics", "values", "earlier", "customCost", "notices"];

/** What was weighed at steps, by their number, which is their place in the plan. */
function weighedIn(node, found = {}) {
  if (node.weighed) found[node.id] = node.weighed;
  for (const child of node.children) weighedIn(child, found);
  return found;
}

export async function takeWithFacts(url, { name, head, sql }) {
  const client = new Client(["--log=error"]);
  const sessionId = name;
  const make = async (statements = []) => {
    for (const statement of statements) await client.rows(sessionId, statement);
  };
  const explain = () =>
    client.request("plan/explain", { sessionId, sql, analyze: head.analyze?.[0] !== "no" });
  try {
    await client.open(sessionId, url);
    await make(head.commit);
    await make((head.set ?? []).map((setting) => `SET SESSION ${setting}`));
    await make(Array(Number(head.runs?.[0] ?? 0)).fill(sql));
    if (head.earlier) await explain();
    await make(head.earlier);
    const { tree } = await explain().finally(() => make(head.after));
    const known = Object.fromEntries(
      members.filter((member) => tree[member] !== undefined).map((key) => [key, tree[key]]),
    );
    const weighed = weighedIn(tree.root);
    if (Object.keys(weighed).length) known.weighed = weighed;
    const extension = /^\s*[[{]/.test(tree.raw) ? "json" : "txt";
    return [
      { file: `plan.${extension}`, text: `${tree.raw.trim()}\n` },
      { file: "facts.json", text: `${JSON.stringify(known, null, 2)}\n` },
    ];
  } finally {
    await client.end();
  }
}
