// Documents that are read in the editor: those that findings and answers cite, in its Markdown preview
// (package.json names it as their editor), and texts that are only shown, such as what would be sent.

import * as vscode from "vscode";
import type { Citation, ConnectionProfile } from "#protocol";
import type { Connections } from "./connections";
import type { Helper } from "#helper";
import { pickWhileTyping } from "./search";
import { plainLabel, plainLine, plainMarkdown } from "./text";

const scheme = "mydba-doc";

/** Opens like a file, which the editor calls by the last part of its path: as much of the title as a line of the chat holds. */
export function documentUri({ anchor, title }: Omit<Citation, "url">): vscode.Uri {
  const [document = "", fragment = ""] = anchor.split("#");
  const path = `/document/${document}/${plainLine(title, 30).replaceAll("/", "∕")}`;
  return vscode.Uri.from({ scheme, path, fragment });
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
    const document = path.slice("/document/".length, path.lastIndexOf("/"));
    const anchor = document + (fragment && `#${fragment}`);
    const found = await this.helper.request("rag/document", { anchor });
    const { title, engine, versions, url, text } = found;
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

  async open(document: Omit<Citation, "url">): Promise<void> {
    await vscode.commands.executeCommand("vscode.open", documentUri(document));
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
          citation,
        }));
      },
    );
    if (found) await this.open(found.item.citation);
  }
}
