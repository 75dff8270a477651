// Tools on one line with their bar: where their words do not fit, the quiet ones show only their icons, then all do. What
// fits depends on the font, the theme and what is offered, so it is measured. Without words the line may break.

/** From the most words to none; base.css hides them. */
const levels = ["all", "main", "none"];

/** Fits the tools now, and whenever the window or what they hold changes; the result fits them once more. */
export function fitTools(tools: HTMLElement, signal: AbortSignal): () => void {
  const fit = () => {
    if (!tools.isConnected) return;
    for (const level of levels) {
      tools.dataset["words"] = level;
      if (isOneLine(tools)) return;
    }
  };
  const changes = new MutationObserver(fit);
  changes.observe(tools, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  window.addEventListener("resize", fit, { signal });
  signal.addEventListener("abort", () => changes.disconnect());
  return fit;
}

function isOneLine(tools: HTMLElement): boolean {
  const middles = [...(tools.parentElement?.children ?? []), ...tools.children]
    .map((element) => element.getBoundingClientRect())
    .filter(({ height }) => height > 0)
    .map(({ top, height }) => top + height / 2);
  return Math.max(...middles) - Math.min(...middles) < 3;
}
