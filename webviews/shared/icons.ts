// Icons drawn for MyDBA on a 16 × 16 grid, as stroke paths. They are decoration: the text beside them says the same.

const paths = {
  critical: "M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8",
  warning: "M8 2 14.5 13.5h-13zM8 6.5v3.4M8 11.6v.6",
  info: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 7.2v4M8 4.6v.7",
  ok: "M2.5 8.5 6.5 12.5 13.5 4",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  stop: "M4 4h8v8H4z",
  play: "M4.5 2.5 13 8 4.5 13.5z",
  pause: "M5 3v10M11 3v10",
  search: "M6.7 2a4.7 4.7 0 1 0 0 9.4a4.7 4.7 0 1 0 0-9.4M10.2 10.2 14 14",
  filter: "M1.5 3h13l-5 5.5v4.5l-3-1.5v-3z",
  comment: "M2 2.5h12v8.5H7.5L4 14v-3H2z",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  undo: "M5.5 2.5 2.5 5.5l3 3M2.5 5.5h6a4 4 0 0 1 0 8h-4",
  refresh: "M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.5v3h-3",
  expand: "M6 3.5 10.5 8 6 12.5",
  clock: "M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M8 4.5V8l2.6 1.8",
  collapse: "M3.5 6 8 10.5 12.5 6",
  sortUp: "M8 13V3M4.5 6.5 8 3l3.5 3.5",
  sortDown: "M8 3v10M4.5 9.5 8 13l3.5-3.5",
  end: "M8 2v8M4.5 7 8 10.5 11.5 7M3 13.5h10",
  panel: "M1.5 2.5h13v11h-13zM10 2.5v11",
  eye: "M1.5 8C4 4.2 12 4.2 14.5 8C12 11.8 4 11.8 1.5 8M8 6.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6",
  globe:
    "M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M1.8 8h12.4M8 1.8c-3.6 3.6-3.6 8.8 0 12.4M8 1.8c3.6 3.6 3.6 8.8 0 12.4",
  trash: "M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4",
  lock: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  save: "M2.5 2.5h9l2 2v9h-11zM5 2.5v4h5v-4M5 13.5v-4h6v4",
  scan: "M2 3.5h12M2 8h12M2 12.5h12",
  indexScan: "M2 3.5h5M2 8h5M2 12.5h5M10 3l3.5 5-3.5 5",
  indexOnlyScan: "M3 3v10M6.5 3.5h7M6.5 8h7M6.5 12.5h7",
  lookup: "M2 8h8M7 4.5 10.5 8 7 11.5M13.5 3v10",
  join: "M5.8 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M10.2 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
  sort: "M2 4h11M2 8h8M2 12h5",
  aggregate: "M12.5 3H3.5l5 5-5 5h9",
  limit: "M3 3v10M13 3v10M5.5 8h5",
  materialize: "M2.5 4.5 8 2l5.5 2.5L8 7zM2.5 8 8 10.5 13.5 8M2.5 11.5 8 14l5.5-2.5",
  set: "M3 3v5a5 5 0 0 0 10 0V3",
  modify: "M3 13l.8-3L11 2.8 13.2 5 6 12.2z",
  subquery: "M5.5 2.5H3v11h2.5M10.5 2.5H13v11h-2.5M6.5 8h3",
  parallel: "M4 2v12M8 2v12M12 2v12",
  other: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9",
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName, className = ""): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", `glyph ${className}`.trim());
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
