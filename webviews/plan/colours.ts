// The theme's colours as values, for what style sheets do not reach: canvases and exported pictures.

export interface Colours {
  readonly background: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly dim: string;
  readonly link: string;
  readonly selected: string;
  readonly found: string;
  /** By level of heat. */
  readonly heat: readonly string[];
  /** Fewer rows than planned. */
  readonly below: string;
}

/** As they are now: a theme may change while a page lives. */
export function themeColours(): Colours {
  const style = getComputedStyle(document.body);
  const token = (name: string, otherwise: string) => {
    const value = style.getPropertyValue(name).trim();
    return value === "" ? otherwise : value;
  };
  return {
    background: token("--vscode-editor-background", "#fff"),
    card: token("--vscode-editorWidget-background", "#f8f8f8"),
    border: token("--vscode-editorWidget-border", "#999"),
    text: token("--vscode-foreground", "#333"),
    dim: token("--vscode-descriptionForeground", "#666"),
    link: token("--vscode-editorIndentGuide-activeBackground1", "#999"),
    selected: token("--vscode-focusBorder", "#06c"),
    found: token("--warning", "#bf8803"),
    heat: [0, 1, 2, 3, 4].map((level) => token(`--heat-${level}`, "#999")),
    below: token("--heat-below", "#999"),
  };
}
