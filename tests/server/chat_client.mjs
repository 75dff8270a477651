// One chat with the helper: turns with their memory, and a scripted model of the editor.
import { Client } from "./client.mjs";

export const aiSettings = {
  enabled: true,
  provider: "editor",
  model: "scripted",
  names: "keep",
  schemaExtent: "full",
  sendHistory: true,
  offerToEditor: false,
  fetchPages: false,
  confirmBeforeSend: false,
  requestsPerMinute: 0,
  sessionTokens: 0,
  dayTokens: 0,
  timeoutSeconds: 60,
  consents: [{ provider: "editor", address: "", at: "2026-11-22T00:00:00Z" }],
};

export class Chat {
  /** `url`: of the active connection; none without it. */
  static async open(url, { name = "shop", env = {}, helper } = {}) {
    const chat = new Chat();
    chat.client = new Client([], { env, ...(helper ? { helper } : {}) });
    chat.sessions = [];
    if (url) {
      const { server } = await chat.client.open("c", url, { name });
      chat.sessions = [{ sessionId: "c", name, engine: server.engine, open: true }];
    }
    return chat;
  }

  /** Requests that the scripted model got, oldest first. */
  asked = [];

  /**
   * Has the editor's model answer by `script(request, round)`: {text, toolCalls} or a text. It is
   * told piece by piece.
   */
  async model(script, settings = {}) {
    let round = 0;
    this.client.host["host/models"] = () => ({ models: [{ id: "scripted", name: "Scripted" }] });
    this.client.host["host/model"] = async (params) => {
      this.asked.push(params);
      const answer = await script(params, ++round);
      const { text = "", toolCalls = [] } = typeof answer === "string" ? { text: answer } : answer;
      for (const piece of pieces(text))
        await this.client.request("ai/modelText", { id: params.id, text: piece });
      return {
        toolCalls: toolCalls.map(({ name, arguments: given }, i) => ({
          id: `call_${round}_${i}`,
          name,
          arguments: typeof given === "string" ? given : JSON.stringify(given),
        })),
      };
    };
    return this.client.request("ai/configure", { ...aiSettings, ...settings });
  }

  /** One turn: {markdown, citations, buttons, progress, followups}. */
  async ask(command, prompt = "", more = {}) {
    const items = [];
    const params = {
      command,
      prompt,
      sessions: this.sessions,
      ...(this.sessions.length > 0 ? { sessionId: "c" } : {}),
      ...(this.memory === undefined ? {} : { memory: this.memory }),
      ...more,
    };
    const result = await this.client.stream("chat/ask", params, 1 << 20, ({ item }) =>
      items.push(item),
    );
    this.memory = result.memory;
    const of = (kind) => items.filter((item) => item.kind === kind);
    return {
      markdown: of("markdown")
        .map(({ text }) => text)
        .join(""),
      pieces: of("markdown").length,
      citations: of("citation"),
      buttons: of("button"),
      progress: of("progress").map(({ text }) => text),
      followups: result.followups,
      items,
    };
  }

  end() {
    return this.client.end();
  }
}

/** Small ones, but not thousands of them. */
function pieces(text) {
  const size = Math.max(7, Math.ceil(text.length / 60));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
    text.slice(i * size, (i + 1) * size),
  );
}
