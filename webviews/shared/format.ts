// Numbers, times and lines of text as people read them. Pure; always the same whatever the machine's locale, so that a plan
// pasted into a ticket reads the same everywhere.

/** Groups the digits of a whole number: 1234567 -> 1,234,567. */
export function grouped(value: number): string {
  const [whole = "0", fraction] = String(Math.abs(value)).split(".");
  if (whole.includes("e")) return String(value);
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return (value < 0 ? "−" : "") + digits + (fraction === undefined ? "" : "." + fraction);
}

/** A row count, short when it is large: 950, 12,300, 1.2 M, 3.4 bn. */
export function rows(value: number): string {
  if (!Number.isFinite(value)) return "?";
  if (value < 1) return value === 0 ? "0" : value.toPrecision(1);
  if (value < 100_000) return grouped(value < 10 ? round(value, 1) : Math.round(value));
  if (value < 1e6) return trimmed(value / 1e3, 1) + " k";
  if (value < 1e9) return trimmed(value / 1e6, 1) + " M";
  if (value < 1e15) return trimmed(value / 1e9, 1) + " bn";
  return value.toExponential(1);
}

/** Milliseconds with the unit that fits: 0.04 ms, 12.3 ms, 1.23 s, 2 min 5 s, 3 h 2 min. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return "?";
  if (ms < 10) return trimmed(ms, ms < 1 ? 3 : 2) + " ms";
  if (ms < 1000) return trimmed(ms, 1) + " ms";
  if (ms < 60_000) return trimmed(ms / 1000, 2) + " s";
  const seconds = Math.floor(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const hours = Math.floor(seconds / 3600);
  if (hours < 48) return `${hours} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function cost(value: number): string {
  if (value < 100_000) return grouped(round(value, value < 100 ? 2 : 0));
  return rows(value);
}

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  if (value < 1024 ** 2) return trimmed(value / 1024, 1) + " KiB";
  if (value < 1024 ** 3) return trimmed(value / 1024 ** 2, 1) + " MiB";
  return trimmed(value / 1024 ** 3, 2) + " GiB";
}

/** How far apart two counts are, as a factor of at least 1: `×12 more` than planned. */
export function ratio(estimated: number, actual: number): { factor: number; text: string } {
  const planned = Math.max(estimated, 1);
  const counted = Math.max(actual, 1);
  const factor = Math.max(planned, counted) / Math.min(planned, counted);
  if (factor < 1.1) return { factor, text: "as planned" };
  const size = factor < 10 ? trimmed(factor, 1) : grouped(Math.round(factor));
  return { factor, text: `${size}× ${counted > planned ? "more" : "fewer"} than planned` };
}

export function percent(share: number): string {
  if (share > 0 && share < 0.01) return "<1 %";
  return `${Math.round(share * 100)} %`;
}

export function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Local time to the second, the same in every locale. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

function trimmed(value: number, digits: number): string {
  return grouped(round(value, digits));
}

// Controls, and what changes the direction of writing: the marks that text in Arabic or Hebrew needs are left.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text for one line in which nothing is hidden or rearranged: breaks and controls become visible signs. */
export function oneLine(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "↵").replace(controls, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "␦";
  });
}
