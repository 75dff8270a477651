// What rag-docs/README.md promises of every document, so that each can be found, cited and checked again.
import { all, text } from "./files.mjs";

const fields = ["engine", "versions", "title", "url", "checked", "words"];
const documents = () =>
  all.filter((file) => /^rag-docs\/.+\.md$/.test(file) && file !== "rag-docs/README.md");
/** Plans are cited by rule, and so found by the words of their sections. */
const isPlans = (file) => file.endsWith("/query-plans.md");

/** The front matter as [name, value] pairs, and what is below it; null without one. */
function parts(file) {
  const found = text(file).match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/);
  if (!found) return null;
  const lines = found[1].split("\n").map((line) => line.match(/^(\w+): (.*\S)$/)?.slice(1));
  return { lines, body: found[2] };
}

const range = /^\d+(\.\d+)?-(\d+(\.\d+)?)?$/;
const below = (from, to) => {
  const [a, b] = [from, to].map((version) => version.split(".").map(Number));
  return a[0] < b[0] || (a[0] === b[0] && (a[1] ?? 0) <= (b[1] ?? Infinity));
};
function isRange(value) {
  const [from, to] = value.split("-");
  return range.test(value) && (!to || below(from, to));
}

/** `14-18`; of several engines `mysql 8.0-9.6, mariadb 10.6-`; of all `any`. */
function versionsAgree(engines, versions) {
  if (engines[0] === "all") return engines.length === 1 && versions === "any";
  if (engines.length === 1) return isRange(versions);
  const named = versions.split(", ").map((part) => part.split(" "));
  return (
    named.length === engines.length &&
    named.every(([engine, value]) => engines.includes(engine) && isRange(value ?? "")) &&
    new Set(named.map(([engine]) => engine)).size === engines.length
  );
}

const isDate = (value) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true;

function problemsOf(file, engineIds) {
  const found = parts(file);
  if (!found) return ["no front matter between two lines of ---"];
  const names = found.lines.map((line) => line?.[0]);
  const wanted = isPlans(file) ? fields.slice(0, 5) : fields;
  if (names.join() !== wanted.join()) return [`its front matter is not: ${wanted.join(", ")}`];
  const { engine, versions, title, url, checked } = Object.fromEntries(found.lines);
  const engines = engine.split(", ");
  const headings = [...found.body.matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1]);
  const checks = [
    [engines.every((id) => id === "all" || engineIds.includes(id)), `engine: ${engine}`],
    [file.startsWith(`rag-docs/${engines[0]}/`), `is not in the folder of ${engines[0]}`],
    [versionsAgree(engines, versions), `versions: ${versions}`],
    [found.body.startsWith(`# ${title}\n`), `the first heading is not its title: ${title}`],
    [/^https:\/\/[^\s<>"]+$/.test(url), `url: ${url}`],
    [isDate(checked), `checked: ${checked}`],
    [!/^---$/m.test(found.body), "has a line of --- below its front matter"],
    [!isPlans(file) || new Set(headings).size === headings.length, "two headings are the same"],
    [/^[a-z0-9/-]+$/i.test(file.slice("rag-docs/".length, -".md".length)), "its name is no anchor"],
  ];
  return checks.filter(([holds]) => !holds).map(([, problem]) => problem);
}

/** @param {() => string[]} engineIds */
export const documentRules = (engineIds) => ({
  "documents say of which engine and version, by which page": () =>
    documents().flatMap((file) =>
      problemsOf(file, engineIds()).map((problem) => `${file}: ${problem}`),
    ),

  "documents have anchors and titles of their own": () => {
    const seen = new Map();
    const problems = [];
    for (const file of documents()) {
      const folder = file.slice(0, file.lastIndexOf("/"));
      const title = parts(file)?.lines.find((line) => line?.[0] === "title")?.[1] ?? "";
      for (const key of [file.toLowerCase(), `${folder} ${title.toLowerCase()}`]) {
        if (seen.has(key)) problems.push(`${file}: the same as ${seen.get(key)}: ${key}`);
        seen.set(key, file);
      }
    }
    return problems;
  },
});
