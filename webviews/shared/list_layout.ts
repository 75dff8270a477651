// What a list of a view computes without a DOM: search, sort, and how a click on a heading sorts next.

export interface ListColumn<Entry, Id extends string> {
  id: Id;
  title: string;
  numeric?: true;
  /** The first click on its heading puts the largest on top. */
  largestFirst?: true;
  text(entry: Entry): string;
  /** What to sort by; numbers before texts. */
  key(entry: Entry): number | string;
}

export interface ListOrder<Id extends string> {
  /** What the user searches for. */
  text: string;
  /** Undefined: as the server ordered them. */
  sort: Id | undefined;
  descending: boolean;
}

export const textColumn = <Entry, Id extends string>(
  id: Id,
  title: string,
  text: (entry: Entry) => string,
): ListColumn<Entry, Id> => ({ id, title, text, key: (entry) => text(entry).toLowerCase() });

/** The entries that a search finds in any column, in order. */
export function arranged<Entry, Id extends string>(
  entries: readonly Entry[],
  columns: readonly ListColumn<Entry, Id>[],
  { text, sort, descending }: ListOrder<Id>,
): Entry[] {
  const wanted = text.trim().toLowerCase();
  const found = entries.filter(
    (entry) => wanted === "" || columns.some((c) => c.text(entry).toLowerCase().includes(wanted)),
  );
  const column = columns.find(({ id }) => id === sort);
  if (column === undefined) return found;
  const sign = descending ? -1 : 1;
  return found.sort((a, b) => sign * compare(column.key(a), column.key(b)));
}

/** After a click on a column's heading: one way, the other way, and back to the server's order. */
export function nextOrder<Id extends string>(
  columns: readonly { id: Id; largestFirst?: true }[],
  id: Id,
  { sort, descending }: Pick<ListOrder<Id>, "sort" | "descending">,
): Pick<ListOrder<Id>, "sort" | "descending"> {
  const largestFirst = columns.some((column) => column.id === id && column.largestFirst);
  if (sort !== id) return { sort: id, descending: largestFirst };
  if (descending === largestFirst) return { sort: id, descending: !descending };
  return { sort: undefined, descending: false };
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
