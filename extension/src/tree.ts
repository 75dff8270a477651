// The one tree: connections, below them whatever the helper says there is.
//
// A level is read when it is first shown, page by page, and kept until it is refreshed. Nothing
// connects by itself when the editor starts: ids carry a number of this activation and of the
// session, so the editor does not remember nodes as expanded that would then open their connection.

import * as vscode from "vscode";
import type { ConnectionProfile, TreeNode } from "#protocol";
import type { ConnectionChange, Connections } from "./connections";
import type { Helper } from "#helper";
import { limitsText } from "./environment";
import { hintOf } from "#rpc";
import { plainLine, plainLines } from "./text";

const pagesToReveal = 20;
const tooltipLength = 2000;

export interface ConnectionItem {
  readonly type: "connection";
  readonly profileId: string;
}
export interface NodeItem {
  readonly type: "node";
  readonly profileId: string;
  readonly node: TreeNode;
  readonly parent: ParentItem;
}
/** Something that is not an object: a next page, an error, an empty level. */
export interface NoteItem {
  readonly type: "more" | "error" | "empty";
  readonly profileId: string;
  readonly parent: ParentItem;
  readonly error?: Error;
}
export type ParentItem = ConnectionItem | NodeItem;
export type Item = ParentItem | NoteItem;

interface Level {
  items: NodeItem[];
  cursor?: string | undefined;
  loaded: boolean;
  loading?: Promise<void>;
  error?: Error | undefined;
}

export class ObjectTree implements vscode.TreeDataProvider<Item> {
  readonly #changed = new vscode.EventEmitter<Item | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #activation = Date.now().toString(36);
  readonly #roots = new Map<string, ConnectionItem>();
  readonly #generations = new Map<string, number>();
  readonly #levels = new Map<string, Level>();

  constructor(
    private readonly connections: Connections,
    private readonly helper: Helper,
  ) {
    connections.onDidChange((change) => this.#connectionChanged(change));
  }

  /** The element of a connection, always the same object. */
  root(profileId: string): ConnectionItem {
    let item = this.#roots.get(profileId);
    if (!item) this.#roots.set(profileId, (item = { type: "connection", profileId }));
    return item;
  }

  getParent(item: Item): Item | undefined {
    return item.type === "connection" ? undefined : item.parent;
  }

  async getChildren(item?: Item): Promise<Item[]> {
    if (!item) return this.connections.all().map(({ id }) => this.root(id));
    if (item.type !== "connection" && item.type !== "node") return [];
    const level = this.#level(item);
    if (!level.loaded && !level.error) await this.#loadPage(item, level);
    return this.#shown(item, level);
  }

  getTreeItem(item: Item): vscode.TreeItem {
    if (item.type === "connection") return this.#connectionTreeItem(item);
    if (item.type === "node") return this.#nodeTreeItem(item);
    return this.#noteTreeItem(item);
  }

  /** Reads a level again; all of it when no item is given. */
  refresh(item?: ParentItem): void {
    const prefix = item && levelKey(item);
    for (const key of this.#levels.keys())
      if (!prefix || key.startsWith(prefix)) this.#levels.delete(key);
    this.#changed.fire(item);
  }

  async loadMore(note: NoteItem): Promise<void> {
    await this.#loadPage(note.parent, this.#level(note.parent));
    this.#changed.fire(note.parent);
  }

  /** The item of an object found by search, with its parents; undefined when one of them is not found. */
  async locate(profileId: string, found: TreeNode): Promise<NodeItem | undefined> {
    let parent: ParentItem = this.root(profileId);
    for (let depth = 1; depth < found.path.length; depth++)
      parent = (await this.#find(parent, found.path.slice(0, depth))) ?? parent;
    const known = await this.#find(parent, found.path);
    if (known || this.#level(parent).error) return known;
    const added: NodeItem = { type: "node", profileId, node: found, parent };
    this.#level(parent).items.push(added);
    this.#changed.fire(parent);
    return added;
  }

  async #find(parent: ParentItem, path: string[]): Promise<NodeItem | undefined> {
    const key = JSON.stringify(path);
    const level = this.#level(parent);
    for (let page = 0; page < pagesToReveal; page++) {
      const item = level.items.find(({ node }) => JSON.stringify(node.path) === key);
      if (item || level.error || (level.loaded && level.cursor === undefined)) return item;
      await this.#loadPage(parent, level);
    }
    return undefined;
  }

  #level(item: ParentItem): Level {
    const key = levelKey(item);
    let level = this.#levels.get(key);
    if (!level) this.#levels.set(key, (level = { items: [], loaded: false }));
    return level;
  }

  /** Reads the next page, once however many ask. */
  #loadPage(parent: ParentItem, level: Level): Promise<void> {
    return (level.loading ??= this.#readPage(parent, level).finally(() => delete level.loading));
  }

  async #readPage(parent: ParentItem, level: Level): Promise<void> {
    const { profileId } = parent;
    try {
      await this.connections.open(profileId);
      const page = await this.helper.request("tree/children", {
        sessionId: profileId,
        path: parent.type === "node" ? parent.node.path : [],
        ...(level.cursor === undefined ? {} : { cursor: level.cursor }),
      });
      const known = new Set(level.items.map(({ node }) => nodeKey(node)));
      for (const node of page.nodes)
        if (!known.has(nodeKey(node))) level.items.push({ type: "node", profileId, node, parent });
      Object.assign(level, { loaded: true, error: undefined, cursor: page.cursor });
    } catch (error) {
      level.error = error as Error;
    }
  }

  #shown(parent: ParentItem, level: Level): Item[] {
    const { profileId } = parent;
    if (level.error)
      return [...level.items, { type: "error", profileId, parent, error: level.error }];
    if (level.cursor !== undefined) return [...level.items, { type: "more", profileId, parent }];
    return level.items.length > 0 ? level.items : [{ type: "empty", profileId, parent }];
  }

  #connectionChanged({ id, closed }: ConnectionChange): void {
    if (id !== undefined && closed) {
      // A new id, so that the node is collapsed and does not connect again by itself.
      this.#generations.set(id, (this.#generations.get(id) ?? 0) + 1);
      this.refresh(this.root(id));
    }
    this.#changed.fire(id === undefined || closed ? undefined : this.root(id));
  }

  #id(profileId: string): string {
    return `${this.#activation}.${this.#generations.get(profileId) ?? 0}/${profileId}`;
  }

  #connectionTreeItem({ profileId }: ConnectionItem): vscode.TreeItem {
    const profile = this.connections.get(profileId);
    const { open, opening, error } = this.connections.session(profileId);
    const { Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(plainLine(profile?.name ?? profileId), Collapsed);
    item.id = this.#id(profileId);
    const state = open ? "open" : opening ? "opening" : error ? "failed" : "closed";
    const where = profile ? address(profile) : "";
    const server = open && `${open.server.flavour} ${open.server.version}`;
    // Packagers put their own names behind the version; the tooltip has them all.
    const short = server?.replace(/(\d[\d.]*).*/, "$1");
    const limits = limitsText(profile ?? {});
    const about = opening ? "connecting…" : (short ?? where);
    const agents = this.connections.agentsMayWrite.includes(profileId) && "agents may write";
    item.description = plainLine([limits, agents, about].filter(Boolean).join(" · "), 80);
    item.iconPath = connectionIcon(state, profile);
    const failure = error && `Failed: ${error.message}`;
    const lines = [profile?.name, profile?.engine, limits, agents, where, server, failure];
    item.tooltip = plainLines(lines, 500);
    const label = `${profile?.name}, connection, ${limits}, ${server ?? where}, ${state}`;
    item.accessibilityInformation = { label: plainLine(label, 300) };
    const facets = open?.facets.join(" ") ?? "";
    const fixed = this.connections.isFixed(profileId) ? "fixed" : "own";
    item.contextValue = `connection ${state === "open" ? "open" : "closed"} ${fixed} ${facets}`;
    return item;
  }

  #nodeTreeItem({ profileId, node }: NodeItem): vscode.TreeItem {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(plainLine(node.name), node.children ? Collapsed : None);
    item.id = `${this.#id(profileId)}/${nodeKey(node)}`;
    item.description = plainLine(node.detail, 120);
    const heading = `${node.kind} ${node.name}${node.detail ? `: ${node.detail}` : ""}`;
    item.tooltip = plainLines([heading.replaceAll("\n", "␊"), node.tooltip], tooltipLength);
    item.iconPath = new vscode.ThemeIcon(node.icon);
    item.contextValue = `node ${node.kind} ${node.actions.join(" ")}`;
    const label = [node.name, node.kind, node.detail].filter(Boolean).join(", ");
    item.accessibilityInformation = { label: plainLine(label, 300) };
    return item;
  }

  #noteTreeItem(note: NoteItem): vscode.TreeItem {
    const item = new vscode.TreeItem("");
    item.id = `${this.#id(note.profileId)}/${levelKey(note.parent)}/${note.type}`;
    item.contextValue = `note ${note.type}`;
    if (note.type === "empty") {
      item.description = "nothing here";
    } else if (note.type === "more") {
      item.label = "Load more…";
      item.iconPath = new vscode.ThemeIcon("ellipsis");
      item.command = { command: "mydba.node.loadMore", title: "Load More", arguments: [note] };
    } else {
      const message = note.error?.message ?? "Failed";
      item.label = plainLine(message);
      const lines = [message, hintOf(note.error), "Click to try again."];
      item.tooltip = plainLines(lines, tooltipLength);
      item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("errorForeground"));
      item.command = { command: "mydba.node.refresh", title: "Try Again", arguments: [note] };
    }
    return item;
  }
}

/** Where a connection leads, for people: host and port, or the file. */
function address(profile: ConnectionProfile): string {
  const host = profile.socket ?? profile.path ?? profile.host ?? "127.0.0.1";
  const port = profile.socket || profile.path || !profile.port ? "" : `:${profile.port}`;
  return `${host}${port}${profile.database && !profile.path ? `/${profile.database}` : ""}`;
}

/** Coloured by what it is used for: development while it is open, the others always. */
function connectionIcon(state: string, profile: Partial<ConnectionProfile> = {}): vscode.ThemeIcon {
  if (state === "opening") return new vscode.ThemeIcon("loading~spin");
  if (state === "failed")
    return new vscode.ThemeIcon("warning", new vscode.ThemeColor("errorForeground"));
  const { environment = "dev" } = profile;
  const colored = state === "open" || environment !== "dev";
  const color = colored ? new vscode.ThemeColor(`mydbaEnvironment.${environment}`) : undefined;
  return new vscode.ThemeIcon("database", color);
}

/** Objects of different kinds may share a path. */
function nodeKey(node: TreeNode): string {
  return `${JSON.stringify(node.path)}${node.kind}`;
}

/** Starts with the keys of all levels above it. */
function levelKey(item: ParentItem): string {
  return item.type === "node" ? `${levelKey(item.parent)}/${nodeKey(item.node)}` : item.profileId;
}
