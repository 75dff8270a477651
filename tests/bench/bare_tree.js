// The least that shows a plan as a tree with D3: every step an SVG group with a box and two lines of text, every
// link a path, all of it drawn. What tests/bench/plan_view.mjs compares the plan view with.
import { hierarchy, tree } from "d3-hierarchy";
import { select } from "d3-selection";
import { linkVertical } from "d3-shape";
import { zoom } from "d3-zoom";

window.drawBare = ({ tree: { root } }) => {
  const placed = tree().nodeSize([284, 128])(hierarchy(root));
  const svg = select(document.body)
    .append("svg")
    .attr("class", "bare")
    .attr("width", window.innerWidth)
    .attr("height", window.innerHeight);
  const world = svg.append("g").attr("transform", `translate(${window.innerWidth / 2},24)`);
  svg.call(zoom().on("zoom", ({ transform }) => world.attr("transform", transform)));
  const link = linkVertical()
    .x((point) => point.x)
    .y((point) => point.y);
  world
    .selectAll("path")
    .data(placed.links())
    .join("path")
    .attr("fill", "none")
    .attr("stroke", "gray")
    .attr("d", link);
  const node = world
    .selectAll("g")
    .data(placed.descendants())
    .join("g")
    .attr("transform", ({ x, y }) => `translate(${x - 128},${y})`);
  node
    .append("rect")
    .attr("width", 256)
    .attr("height", 82)
    .attr("fill", "white")
    .attr("stroke", "gray");
  const line = (y, text) => node.append("text").attr("x", 10).attr("y", y).text(text);
  line(24, ({ data }) => data.operation);
  line(48, ({ data }) => `${data.relation ?? ""} ${data.estimatedRows} rows`);
};
