// Documents that are read in the editor: those that findings and answers cite, in its Markdown preview
// (package.json names it as their editor), and texts that are only shown, such as what would be sent.

import * as vscode from "vscode";
import type { ConnectionProfile } from "#protocol";
import type { Connections } from "./connections";
import type { Helper } from "#helper";
import { pickWhileTyping } from "./search";
import { plainLabel, plainLine, plainMarkdown } from "./text";

const scheme = "mydba-doc";

/** Of a document by its anchor; the editor opens it like a file. */
export function documentUri(anchor: string): vscode.Uri {
  const [path = "", fragment = ""] = anchor.split("#");
  return vscode.Uri.from({ scheme, path: `/${path}.md`, fragment });
}

export class Documents implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(
    private readonly connections: Connections,
    private readonly helper: Helper,
  ) {}

  async provideTextDocumentContent({ path, fragment }: vscode.Uri): Promise<string> {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const anchor = path.slice(1, -".md".length) + (fragment && `#${fragment}`);
    const document = await this.helper.request("rag/document", { anchor });
    const { title, engine, versions, url, text } = document;
    const about = [`**${plainMarkdown(engine)}**`, plainMarkdown(versions), url && `<${url}>`];
    const heading = `# ${plainMarkdown(title)}\n\n${about.filter(Boolean).join(" · ")}\n\n`;
    return heading + text.replace(/^# .*\n+/, "");
  }

  /** Shows a text that nobody can change. */
  async show(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${this.#texts.size + 1}/${title}.txt` });
    this.#texts.set(uri.path, text);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  async open(anchor: string): Promise<void> {
    await vscode.commands.executeCommand("vscode.open", documentUri(anchor));
  }

  /** Lets the user search all documents, those about the connection first. */
  async search(profile: ConnectionProfile | undefined): Promise<void> {
    const version = profile && this.connections.session(profile.id).open?.server.version;
    const about = { ...(profile && { engine: profile.engine }), ...(version && { version }) };
    const title = `Search the documentation${profile ? ` for ${plainLine(profile.name, 60)}` : ""}`;
    const found = await pickWhileTyping(
      { title, placeholder: "A question, a setting, an error code" },
      async (text, token) => {
        const { hits } = await this.helper.request("rag/search", { ...about, text }, token);
        return hits.map(({ citation, engine, text: passage }) => ({
          label: plainLabel(citation.title),
          description: plainLine(engine, 60),
          detail: plainLabel(passage.replace(/\s+/g, " "), 200),
          alwaysShow: true,
          anchor: citation.anchor,
        }));
      },
    );
    if (found) await this.open(found.item.anchor);
  }
}
