/** The element that a page fills: `#root` when the host's HTML has one, else the body's own. */
export function pageRoot(): HTMLElement {
  const found = document.getElementById("root");
  if (found !== null) return found;
  const root = document.createElement("div");
  root.id = "root";
  document.body.append(root);
  return root;
}
