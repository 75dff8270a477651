// Documents that are read in the editor: those that findings and answers cite, in its Markdown preview
// (package.json names it as their editor), and texts that are only shown, such as what would be sent.

import * as vscode from "vscode";
import type { Citation, ConnectionProfile } from "#protocol";
import type { Connections } from "./connections";
import type { Helper } from "#helper";
import { cancellable } from "./progress";
import { pickWhileTyping } from "./search";
import { plainLabel, plainLine, plainMarkdown } from "./text";

const scheme = "mydba-doc";

/** Opens like a file, which the editor calls by the last part of its path: as much of the title as a line of the chat holds. */
export function documentUri({ anchor, title }: Omit<Citation, "url">): vscode.Uri {
  const path = `/document/${plainLine(title, 30).replaceAll("/", "∕")}`;
  return vscode.Uri.from({ scheme, path, query: anchor });
}

export class Documents implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>(); // of URIs, where they are not the helper's alone
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(
    private readonly connections: Connections,
    private readonly helper: Helper,
  ) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.#texts.get(uri.toString()) ?? this.#read(uri.query);
  }

  async #read(anchor: string): Promise<string> {
    const found = await this.helper.request("rag/document", { anchor });
    const { title, engine, versions, url, text } = found;
    const about = [`**${plainMarkdown(engine)}**`, plainMarkdown(versions), url && `<${url}>`];
    const heading = `# ${plainMarkdown(title)}\n\n${about.filter(Boolean).join(" · ")}\n\n`;
    return heading + text.replace(/^# .*\n+/, "");
  }

  /** Shows the official page of a document, as it is now, beneath it. */
  async fetchPage(uri: vscode.Uri): Promise<void> {
    const page = await cancellable("Fetching the official page", (token) =>
      this.helper.request("rag/fetchPage", { anchor: uri.query }, token),
    );
    const when = plainMarkdown(new Date(page.fetched).toLocaleString());
    const heading = `\n\n## The official page, fetched ${when}\n\n${plainMarkdown(page.url)}\n\n`;
    this.#texts.set(uri.toString(), (await this.#read(uri.query)) + heading + page.text);
    this.#changed.fire(uri);
  }

  /** Shows a text that nobody can change. */
  async show(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${this.#texts.size + 1}/${title}.txt` });
    this.#texts.set(uri.toString(), text);
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
    const asked = { title, placeholder: "A question, a setting, an error code" };
    const found = await pickWhileTyping(asked, async (text, token) => {
      const { hits } = await this.helper.request("rag/search", { ...about, text }, token);
      return hits.map(({ citation, engine, text: passage }) => ({
        label: plainLabel(citation.title),
        description: plainLine(engine, 60),
        detail: plainLabel(passage.replace(/\s+/g, " "), 200),
        alwaysShow: true,
        citation,
      }));
    });
    if (found) await this.open(found.item.citation);
  }
}
