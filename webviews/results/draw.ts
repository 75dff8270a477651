// Elements of the results page around the grid: toolbar, tabs, messages, error, empty states.
import type { NoticeEvent } from "../../protocol/generated/ts/protocol.js";
import type { RequestError } from "../shared/bridge.js";
import { button, el, elide, foreign } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { textPosition } from "./layout.js";

/** A failed run: what, where, what to do. */
export function drawError(error: RequestError, sql: string, retry: () => void): HTMLElement {
  const data = error.data;
  const cancelled = error.cancelled;
  const refused = data?.code === "refused";
  const title = cancelled ? "Cancelled" : refused ? "This was not run" : "The statement failed";
  const position = data?.position;
  return el("section", { class: `run-error ${cancelled ? "quiet" : ""}`, role: "alert" }, [
    el("h2", {}, [icon(cancelled ? "stop" : refused ? "lock" : "critical"), title]),
    !cancelled && el("p", { class: "error-message", dir: "auto" }, [elide(error.message, 10_000)]),
    data?.engineCode !== undefined && el("p", { class: "dim" }, [`Code ${data.engineCode}`]),
    position !== undefined && !cancelled && drawPosition(sql, position),
    data?.hint !== undefined &&
      el("p", { class: "hint", dir: "auto" }, [
        refused ? "What you can do: " : "Hint: ",
        data.hint,
      ]),
    el("div", { class: "buttons" }, [button("Run again", retry, {}, icon("refresh"))]),
  ]);
}

function drawPosition(sql: string, offset: number): HTMLElement {
  const at = textPosition(sql, offset);
  // A long line is shown around the place.
  const from = Math.max(0, at.column - 60);
  const before = at.lineText.slice(from, at.column - 1);
  const rest = at.lineText.slice(at.column - 1, at.column + 60);
  const word = /^(\w+|.)/u.exec(rest)?.[0] ?? "";
  return el("div", { class: "error-place" }, [
    el("p", { class: "dim" }, [`Line ${at.line}, column ${at.column}`]),
    el("pre", { dir: "ltr" }, [before, el("mark", {}, [word || " "]), rest.slice(word.length)]),
  ]);
}

export interface StatementLine {
  sql: string;
  outcome: string;
}

/** The messages tab: what each statement did and what the server said. */
export function drawMessages(
  statements: readonly StatementLine[],
  notices: readonly NoticeEvent[],
): HTMLElement {
  const noticeRows = notices.map((notice) =>
    el("li", {}, [
      el("span", { class: "badge" }, [elide(notice.severity, 40)]),
      " ",
      el("span", { dir: "auto" }, [elide(notice.message, 4000)]),
    ]),
  );
  const statementRows = statements.map((statement) =>
    el("li", {}, [
      el("code", {}, [foreign(statement.sql)]),
      el("p", { class: "dim" }, [statement.outcome]),
    ]),
  );
  return el("section", { class: "messages" }, [
    noticeRows.length > 0 && el("h2", {}, ["Notices"]),
    noticeRows.length > 0 && el("ul", { class: "notices" }, noticeRows),
    statementRows.length > 0 && el("h2", {}, ["Statements"]),
    statementRows.length > 0 && el("ol", {}, statementRows),
  ]);
}

/** What stands in place of a grid without rows. */
export function drawEmpty(text: string, detail = ""): HTMLElement {
  return el("div", { class: "empty" }, [
    el("p", {}, [text]),
    detail !== "" && el("p", { class: "dim" }, [detail]),
  ]);
}

/** After a reload: nothing is run again unless the user asks. */
export function drawRestored(sql: string, connection: string, run: () => void): HTMLElement {
  return el("section", { class: "restored" }, [
    el("h2", {}, ["This result was closed with its window"]),
    el("p", { class: "dim" }, ["Connection: ", foreign(connection)]),
    el("pre", { class: "sql", dir: "ltr" }, [elide(sql, 20_000)]),
    el("div", { class: "buttons" }, [button("Run again", run, { class: "primary" }, icon("play"))]),
  ]);
}
