// What the plan would be with indexes that are not there, drawn beside today's. Ways that touch the server are taken
// only after the user agreed to what they do; when there is none, why and what to do about it is said.
import type {
  WhatIfIndex,
  WhatIfMethod,
  WhatIfResult,
  WhatIfWay,
} from "../../protocol/generated/ts/protocol.js";
import { banner } from "../shared/banner.js";
import { button, el, elide, foreign } from "../shared/dom.js";
import { bytes } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import type { PlanHost } from "./page_host.js";

const methods: Record<WhatIfMethod, { done: string; action: string }> = {
  hypothetical: {
    done: "The planner was told of an index that does not exist; nothing was built.",
    action: "Ask the Planner",
  },
  copy: {
    done: "Planned in an emptied copy of the tables with their statistics carried over.",
    action: "Use a Copy",
  },
  transaction: {
    done: "The index was built in a transaction that was rolled back.",
    action: "Build and Roll Back",
  },
  invisible: {
    done: "The index was built where only this session could use it, and dropped.",
    action: "Build Invisibly and Drop",
  },
};

/** `create` is offered beside the answer when one index was tried. */
export async function tryIndexes(
  page: PlanHost,
  indexes: readonly string[],
  create: (sql: string) => void,
  method?: WhatIfMethod,
): Promise<void> {
  const { asked } = page;
  if (asked === undefined || indexes.length === 0) return;
  const params = { ...asked, indexes: [...indexes], ...(method === undefined ? {} : { method }) };
  const again = (way?: WhatIfMethod) => void tryIndexes(page, indexes, create, way);
  const call = page.bridge.request("whatif/indexes", params);
  const result = await page.work(call, () => again(method));
  if (result === undefined) return;
  const { before, after } = result;
  if (before !== undefined && after !== undefined) {
    const [only] = indexes;
    const tools =
      indexes.length === 1 && only !== undefined && page.state.readOnly !== true
        ? [button("Create…", () => create(only), {}, icon("plus"))]
        : [];
    await page.compare(before.tree, after.tree, {
      title: indexes.length === 1 ? "With the index" : "With the indexes",
      sides: ["Today", "With it"],
      ...(result.comparison === undefined ? {} : { comparison: result.comparison }),
      notes: [answerNote(result)],
      tools,
    });
    return;
  }
  const way = result.ways.find(({ unavailable }) => unavailable === undefined);
  const isNew = way !== undefined && way.method !== method;
  if (isNew && (await agreesTo(page, way))) return again(way.method);
  page.note(waysNote(page, result.ways, again));
}

function agreesTo(page: PlanHost, { method, touches }: WhatIfWay): Promise<boolean> {
  const where = page.state.connectionName ?? "the server";
  return page.agrees(
    `This cannot be found out without touching ${where}. Go on?`,
    touches ?? methods[method].done,
    methods[method].action,
  );
}

function answerNote({ method, indexes, notices }: WhatIfResult): HTMLElement {
  const how = method === undefined ? "" : `${methods[method].done} The statement was not run.`;
  const lines = [how, ...notices].filter((line) => line !== "");
  return banner(
    "info",
    el("div", {}, [
      el("ul", { class: "tried" }, indexes.map(indexLine)),
      ...lines.map((line) => el("p", {}, [foreign(line)])),
    ]),
  );
}

function indexLine({ name, sql, used, bytes: size }: WhatIfIndex): HTMLElement {
  return el("li", {}, [
    el("span", { class: `badge severity-${used ? "ok" : "warning"}` }, [
      icon(used ? "ok" : "warning"),
      used ? "used" : "not used",
    ]),
    " ",
    foreign(name === "" ? sql : name, "mono"),
    size !== undefined && el("span", { class: "dim" }, [` about ${bytes(size)}`]),
  ]);
}

/** Every way of this server: what it does and a button, or why not and what to do about it. */
function waysNote(
  page: PlanHost,
  ways: readonly WhatIfWay[],
  choose: (method: WhatIfMethod) => void,
): HTMLElement {
  const item = (way: WhatIfWay) => {
    const { method, unavailable, fix, touches } = way;
    if (unavailable === undefined)
      return el("li", {}, [
        el("p", { dir: "auto" }, [elide(touches ?? methods[method].done, 1000)]),
        button(`${methods[method].action}…`, () => {
          void agreesTo(page, way).then((agreed) => agreed && choose(method));
        }),
      ]);
    return el("li", {}, [
      el("p", { dir: "auto" }, [elide(unavailable, 1000)]),
      fix !== undefined &&
        el("pre", { class: "sql", dir: "auto", tabindex: 0 }, [elide(fix, 2000)]),
      fix !== undefined &&
        button("Copy fix", () => page.bridge.action("copy", { text: fix }), {
          "aria-label": `Copy the fix of: ${elide(unavailable, 80)}`,
        }),
    ]);
  };
  const none = ways.every(({ unavailable }) => unavailable !== undefined);
  const title = none
    ? "This server offers no way to try an index without creating it."
    : "To try an index here, the server has to be touched.";
  const list = el("div", {}, [
    el("p", {}, [el("b", {}, [title])]),
    el("ul", { class: "ways" }, ways.map(item)),
  ]);
  return banner(
    none ? "warning" : "info",
    list,
    button("Close", () => page.note()),
  );
}
