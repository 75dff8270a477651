// What the AI page says and decides without a DOM.
import type {
  AiModel,
  AiProviderKind,
  AiReport,
  AiSentEntry,
  AiSettings,
  AiStatus,
  Column,
  NamedNumber,
} from "../../protocol/generated/ts/protocol.js";
import { bytes, grouped, localTime, plural } from "../shared/format.js";
import type { Cell } from "../shared/row_frame.js";

/** What the host answers to each of this page's actions. */
export interface AiState {
  status: AiStatus;
  settings: AiSettings;
  /** Settings that the workspace has of its own. */
  ofWorkspace: readonly string[];
  hasWorkspace: boolean;
  /** A key is stored for this provider at this address. */
  hasKey: boolean;
}

export type Setting = Exclude<keyof AiSettings, "consents">;

/** When the user agreed that text goes to the provider and address of now; undefined when he did not. */
export function agreedAt({ status, settings }: AiState): string | undefined {
  const { provider, address } = status;
  return settings.consents.find((to) => to.provider === provider && to.address === address)?.at;
}

/** Where text would go, for the sentence that is agreed to. */
export function destination({ place, address, name }: AiStatus): string {
  if (place === "editor") return "the editor's own models, wherever those run";
  return place === "local"
    ? `${address}, on this machine or in your network`
    : `${name}, ${address}`;
}

/** What leaves under these settings, as the parts of a list. */
export function leaves(settings: AiSettings): string[] {
  const { names, schemaExtent, sendHistory, documents, offerToEditor } = settings;
  const named = names === "alias" ? "with other names in place of yours" : "with their names";
  const schema = {
    none: "",
    names: `tables and columns that the question is about, ${named}`,
    full: `tables, columns, types, keys and indexes that the question is about, ${named}`,
  };
  return [
    "your question",
    `the statement and its plan, ${named}, each value replaced by a placeholder`,
    schema[schemaExtent],
    sendHistory ? "earlier turns of the conversation" : "",
    documents ? "passages of your own documents that fit the question" : "",
    offerToEditor
      ? "what the editor's other chat features ask of it, values and code taken out"
      : "",
  ].filter((part) => part !== "");
}

export const staysHere =
  "Never sent: rows of results, values and comments in SQL, passwords, keys, hosts, users, file paths.";

/** An address of Azure wants an `api-version`. */
export const wantsApiVersion = ({ baseUrl = "", apiVersion = "" }: AiSettings): boolean =>
  /azure/i.test(baseUrl) || apiVersion !== "";

export const isReached = ({ defaultUrl }: AiProviderKind): boolean => defaultUrl !== "";

export const keyHint = ({ key }: AiProviderKind): string =>
  key === "required"
    ? "It goes into the editor's secret storage, and from there only to the address above."
    : "Only where the server wants one. It goes into the editor's secret storage.";

export function modelText({ id, name, contextTokens }: AiModel): string {
  const read = contextTokens === undefined ? "" : `reads ${grouped(contextTokens)} tokens`;
  return [name === id ? "" : id, read].filter((part) => part !== "").join(" · ");
}

/** Models whose id or name has the text; all while it is the one that is chosen. */
export function matching(models: readonly AiModel[], text: string, chosen: string): AiModel[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "" || text.trim() === chosen) return [...models];
  return models.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
}

export const dollars = (cost: number): string =>
  cost > 0 && cost < 0.01 ? "less than $0.01" : `$${cost.toFixed(2)}`;

export function usedText({ sessionTokens, dayTokens, estimated, cost }: AiStatus): string {
  const about = estimated ? "about " : "";
  const spent = cost === undefined ? "" : `, ${dollars(cost)} as far as prices are known`;
  return `Used: ${about}${plural(sessionTokens, "token", "tokens")} since the helper began${spent}; ${about}${grouped(dayTokens)} today (UTC).`;
}

export function documentsText({ ownDocuments, ownDocumentsSkipped }: AiStatus): string {
  const skipped = ownDocumentsSkipped.length;
  const left = skipped === 0 ? "" : `, ${plural(skipped, "file is", "files are")} not`;
  return `${plural(ownDocuments, "file is", "files are")} searched${left}.`;
}

/** A whole number within bounds, or what is wrong with the text. */
export function limitOf(text: string, least: number, most: number): number | string {
  const value = Number(text.trim());
  if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most)
    return value;
  return `A whole number from ${grouped(least)} to ${grouped(most)}.`;
}

export const maskedText = (masked: readonly NamedNumber[]): string =>
  masked.map(({ name, value }) => `${grouped(value)} × ${name}`).join(", ");

/** What became of a request. */
export function outcomeText({ outcome }: AiSentEntry): string {
  if (outcome === "sent") return "sent, no answer yet";
  return outcome === "answered" ? outcome : `failed: ${outcome}`;
}

const tokensOf = ({ inputTokens = 0, outputTokens = 0 }: AiSentEntry): number =>
  inputTokens + outputTokens;

interface SentColumn {
  column: Column;
  text: (entry: AiSentEntry) => string;
}

const column = (
  name: string,
  text: (entry: AiSentEntry) => string,
  kind: Column["kind"] = "text",
): SentColumn => ({ column: { name, type: "", kind }, text });

export const columns: readonly SentColumn[] = [
  column("Time", ({ time }) => localTime(time), "time"),
  column("For", ({ purpose }) => purpose),
  column("Outcome", outcomeText),
  column("Model", ({ model }) => model),
  column("To", ({ provider, address }) => address || provider),
  column("Size", ({ request }) => bytes(new TextEncoder().encode(request).length), "number"),
  column("Tokens", (entry) => (tokensOf(entry) > 0 ? grouped(tokensOf(entry)) : ""), "number"),
  column("Cost", ({ cost }) => (cost === undefined ? "" : dollars(cost)), "number"),
  column("Kept back", ({ masked }) => maskedText(masked)),
];

export const cellsOf = (entry: AiSentEntry, from: number, to: number): Cell[] =>
  columns.slice(from, to).map(({ text }) => text(entry));

export function factsOf(entry: AiSentEntry): [string, string | undefined][] {
  const { inputTokens, outputTokens, cost } = entry;
  return [
    ["Time", `${localTime(entry.time)} (${entry.time})`],
    ["For", entry.purpose],
    ["Provider", entry.provider],
    ["Address", entry.address],
    ["Model", entry.model],
    ["Kept back", maskedText(entry.masked)],
    ["Tokens sent", inputTokens === undefined ? undefined : grouped(inputTokens)],
    ["Tokens answered", outputTokens === undefined ? undefined : grouped(outputTokens)],
    ["Cost", cost === undefined ? undefined : dollars(cost)],
    ["Outcome", outcomeText(entry)],
    ["Entry", String(entry.id)],
  ];
}

/** The log in one sentence. */
export function reportText({ since, requests, bytes: size, masked }: AiReport): string {
  if (requests === 0) return "Nothing was sent to any model.";
  const kept =
    masked.length === 0 ? "nothing had to be kept back" : `kept back: ${maskedText(masked)}`;
  return `${plural(requests, "request", "requests")} with ${bytes(size)} since ${localTime(since)}; ${kept}.`;
}

/** Of a file to save: `mydba-sent-2026-01-31.json`. */
export const fileName = (now: Date): string => `mydba-sent-${now.toISOString().slice(0, 10)}.json`;
