// Names and messages from a database on their way into the editor's own labels.
//
// They are hostile: `$(icon)` is drawn as an icon in labels, `[text](command:…)` becomes a link in
// notifications, bidirectional controls rearrange what stands beside them, line breaks and 10,000
// characters break the layout. Nothing is removed silently: controls are shown as symbols.

const labelLength = 200;

// Controls of writing direction, and those that are not printable.
const controls =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function visible(control: string): string {
  const code = control.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2426";
}

/** One printable line of at most `length` UTF-16 units, isolated from its surroundings when it runs right to left. */
export function plainLine(text: string, length = labelLength): string {
  const cut =
    text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : text;
  const line = cut.replace(controls, visible);
  return rightToLeft.test(line) ? `\u2068${line}\u2069` : line;
}

/** What there is of several texts, which may have lines themselves, each line like `plainLine`. */
export function plainLines(texts: readonly (string | undefined | false)[], length: number): string {
  const lines = texts.flatMap((text) => (text ? text.slice(0, length).split("\n") : []));
  return lines.map((line) => plainLine(line, length)).join("\n");
}

/** For labels in which the editor draws `$(name)` as an icon. */
export function plainLabel(text: string, length = labelLength): string {
  return plainLine(text, length).replaceAll("$(", "\\$(");
}

/** For notifications, in which the editor draws `[text](target)` as a link. */
export function plainNotice(text: string): string {
  return plainLine(text, 1000).replaceAll("](", "]\u200b(");
}

/** For Markdown: every character that could mean something is escaped. */
export function plainMarkdown(text: string): string {
  return plainLine(text, 1000).replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
