// What the helper answers to @mydba in a page: facts, documents, and with the setting `model` the words of one. The setting
// `answer` makes it wait, fail, or say what is hostile.
import { hostile } from "./hostile.mjs";

const facts = `**Plan** of PostgreSQL 18\\.0: 8 steps, cost 48\\,600, ran 1844 ms\\.

- **🛑 critical: order\\_items is read in full**\\. The step reads every row of the table and throws 40 % of them away\\. Create an index on order\\_items \\(quantity\\)\\. \\[1\\]
- **⚠️ warning: 13× more rows than planned out of the join**\\. Refresh the statistics\\. \\[2\\]

\`\`\`
Limit
└─ Sort
   └─ Hash Aggregate
      └─ Hash Join
         ├─ Seq Scan order_items   filter: (quantity > 1)
         └─ Hash
\`\`\`
`;

const sessions = `- **warning: a session holds a lock and does nothing**\\. Session 103 waits for its client\\. \\[1\\]

- **101** · report · shop · active · 754 s${"  "}
  SELECT customer\\_id, sum\\(total\\)
- **102** · shop · active · 12 s · waits for 103
`;

const explanation = `
**small** explains:

Nearly half of the time goes into reading \`order_items\` from its first row to its last [1]. Only *then* the join drops what is not wanted:

1. read 2\\,000\\,000 rows,
2. keep 1\\,204\\,000 of them,
3. join them with the orders of this year.

| part | time |
| --- | --- |
| Seq Scan | 890 ms |
| Hash Join | 402 ms |

### What to do

An index that covers the join would let the planner skip the table.

Local models, small: 812 tokens, free.
`;

const citation = (number, title, anchor, url) => ({
  kind: "citation",
  number,
  citation: { anchor, title, url },
});
const button = (title, action, more = {}) => ({ kind: "button", title, action, ...more });

const documents = [
  citation(
    1,
    "Reading a plan",
    "postgres/plans#scan",
    "https://www.postgresql.org/docs/18/using-explain.html",
  ),
  citation(
    2,
    "Statistics of the planner, and when they are too old to be believed",
    "postgres/statistics",
    "http://not-encrypted.example/",
  ),
];
const request = JSON.stringify({ model: "small", messages: ["x".repeat(3100)] });

const ready = {
  state: "ready",
  provider: "openai",
  name: "Local models",
  place: "local",
  address: "http://127.0.0.1:8080",
  model: "small",
  message: "Questions go to Local models at http://127.0.0.1:8080, model small.",
};
const off = {
  state: "off",
  provider: "",
  name: "",
  place: "nowhere",
  address: "",
  model: "",
  message: "AI is off: nothing is sent. Answers come from rules and documents.",
};

/** Every way in which Markdown makes something of a text, around hostile ones. */
const attacks = () =>
  [
    ...hostile(),
    "[click](https://evil.example)",
    "![pixel](https://evil.example/p.png)",
    "<https://evil.example> https://evil.example",
    "[a]: https://evil.example",
  ]
    .flatMap((text) => [
      text,
      `- **${text}**`,
      `> \`${text}\``,
      `| ${text} |\n| --- |\n| ${text} |`,
    ])
    .join("\n\n");

function itemsOf({ settings }, { command, prompt }) {
  if (settings.answer === "hostile") {
    const [image] = hostile();
    return [
      { kind: "markdown", text: attacks() },
      citation(1, image, image, "javascript:window.hacked=1"),
      button(image, "runQuery", { sql: image }),
    ];
  }
  const listed = command === "processlist";
  const own = listed
    ? [button("Open the process list", "openProcesses")]
    : [button("Open the plan", "openPlan", { sql: prompt })];
  return [
    { kind: "progress", text: "Asking the server for the plan" },
    { kind: "markdown", text: listed ? sessions : facts },
    ...(settings.model ? explanation.match(/[^]{1,40}/g) : []).map((text) => {
      return { kind: "markdown", text };
    }),
    ...documents,
    ...own,
    ...(listed ? [] : [button("Run the statement", "runQuery", { sql: prompt })]),
    ...(settings.model ? [button("Show what was sent", "showSent", { text: request })] : []),
  ];
}

/** Handlers of the methods that an answer needs. */
export function answers(host) {
  const { settings } = host;
  return {
    "ai/status": (id) => host.respond(id, settings.model ? ready : off),
    "chat/ask": (id, params) => {
      const items = itemsOf(host, params);
      if (settings.answer === "fails")
        return host.fail(id, "The connection was lost.", {
          hint: "Connect again.",
          retryable: true,
        });
      const waits = settings.answer === "waits";
      for (const item of waits ? items.slice(0, 2) : items) host.item(params.stream.id, item);
      const followups = [{ command: "optimize", prompt: "", label: "Make it faster" }];
      if (!waits) host.respond(id, { followups, memory: "turns" });
    },
  };
}
