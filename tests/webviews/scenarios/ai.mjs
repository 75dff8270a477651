// A host that keeps settings, consents and keys, a provider with models, and a log of what was sent.
import { hostile } from "./hostile.mjs";

const providers = [
  {
    id: "anthropic",
    name: "Anthropic",
    description: "Claude, from Anthropic's own API",
    defaultUrl: "https://api.anthropic.com",
    key: "required",
  },
  {
    id: "editor",
    name: "The editor's models",
    description: "what the editor offers, such as Copilot",
    defaultUrl: "",
    key: "none",
  },
  {
    id: "none",
    name: "No AI",
    description: "rules and documents only; nothing is sent",
    defaultUrl: "",
    key: "none",
  },
  {
    id: "ollama",
    name: "Ollama",
    description: "models on this machine or in your network",
    defaultUrl: "http://127.0.0.1:11434",
    key: "optional",
  },
  {
    id: "openai",
    name: "OpenAI, or compatible",
    description: "OpenAI, Azure OpenAI, OpenRouter, vLLM, llama.cpp, LM Studio and others",
    defaultUrl: "https://api.openai.com/v1",
    key: "optional",
  },
];

const defaults = {
  enabled: false,
  provider: "none",
  baseUrl: "",
  apiVersion: "",
  model: "",
  names: "keep",
  schemaExtent: "names",
  sendHistory: true,
  offerToEditor: false,
  fetchPages: false,
  confirmBeforeSend: false,
  requestsPerMinute: 30,
  sessionTokens: 0,
  dayTokens: 0,
  timeoutSeconds: 180,
  proxy: "",
  documents: "",
  consents: [],
};

const sentence = {
  off: "AI is off: nothing is sent. Answers come from rules and documents.",
  noProvider: "No provider is chosen: nothing is sent. Answers come from rules and documents.",
};

function statusOf(settings, used) {
  const kind = providers.find(({ id }) => id === settings.provider);
  const url = settings.baseUrl || kind.defaultUrl;
  const address = url && new URL(url).origin;
  const isLocal = /127\.0\.0\.1|localhost/.test(address);
  const reached = isLocal ? "local" : "cloud";
  const place = { none: "nowhere", editor: "editor" }[kind.id] ?? reached;
  const agreed = settings.consents.some((c) => c.provider === kind.id && c.address === address);
  const ready = settings.model ? "ready" : "noModel";
  const asked = place === "nowhere" ? "noProvider" : agreed ? ready : "needsConsent";
  const state = settings.enabled ? asked : "off";
  const where = place === "editor" ? "the editor's own models" : `${kind.name} at ${address}`;
  const message = {
    ...sentence,
    needsConsent: `You have not agreed yet that text is sent to ${where}.`,
    noModel: `Choose a model of ${kind.name}.`,
    ready: `Questions go to ${where}, model ${settings.model}.`,
  }[state];
  const files = settings.documents ? 12 : 0;
  return {
    state,
    provider: kind.id,
    name: kind.name,
    place,
    address,
    model: settings.model,
    message,
    sessionTokens: 0,
    dayTokens: 0,
    estimated: false,
    ownDocuments: files,
    ownDocumentsSkipped: files ? ["big.md: larger than 1 MiB", ...hostile().slice(0, 3)] : [],
    ...used,
  };
}

const request = (i) =>
  `POST https://api.openai.com/v1/chat/completions\n\n${JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: `Question ${i}: why is SELECT * FROM orders WHERE id = :p1 slow?` }] }, null, 2)}`;

function sentEntries() {
  const texts = hostile();
  return Array.from({ length: 450 }, (_, i) => ({
    id: 1000 - i,
    time: new Date(Date.UTC(2026, 0, 31, 12, 0, 0) - i * 60_000).toISOString(),
    provider: "openai",
    address: "https://api.openai.com",
    model: "gpt-4o",
    purpose: "explain",
    request: request(i),
    masked: [{ name: "literal", value: 3 }],
    inputTokens: 812,
    outputTokens: 240,
    cost: 0.0044,
    outcome: "answered",
    ...(i === 1 && { outcome: "timeout", outputTokens: undefined, cost: undefined }),
    ...(i === 2 && { outcome: "sent", masked: [] }),
    ...(texts[i - 3] && { request: texts[i - 3], purpose: texts[i - 3], model: texts[i - 3] }),
  }));
}

const models = [
  { id: "gpt-4o", name: "gpt-4o", contextTokens: 128_000 },
  { id: "gpt-4o-mini", name: "gpt-4o-mini", contextTokens: 128_000 },
  ...hostile()
    .slice(0, 4)
    .map((text) => ({ id: text, name: text })),
];

const keyId = ({ provider, address }) => `${provider} ${address}`;

/** Settings, consents and keys, as the host keeps them. */
function settingsHost({ kind, settings: given = {}, keys = [], used, ofWorkspace: own = [] }) {
  const settings = { ...defaults, ...given };
  const stored = new Set(keys);
  let ofWorkspace = [...own];
  const state = () => {
    const status = statusOf(settings, used);
    const hasWorkspace = kind !== "noWorkspace";
    return { status, settings, ofWorkspace, hasWorkspace, hasKey: stored.has(keyId(status)) };
  };
  return {
    "ai/providers": () => ({ providers }),
    "host/aiState": state,
    "host/saveAi": ({ settings: change, workspace }) => {
      for (const [name, value] of Object.entries(change))
        settings[name] = value === null ? defaults[name] : value;
      const names = Object.keys(change);
      const kept = ofWorkspace.filter((name) => !names.includes(name));
      if (workspace) ofWorkspace = [...kept, ...names.filter((name) => change[name] !== null)];
      return state();
    },
    "host/saveKey": (params) => {
      if (params.key) stored.add(keyId(params));
      else stored.delete(keyId(params));
      return state();
    },
    "host/consent": ({ provider, address, agreed }) => {
      const about = { provider, address };
      const others = settings.consents.filter((consent) => keyId(consent) !== keyId(about));
      const at = "2026-01-31T10:00:00Z";
      settings.consents = agreed ? [...others, { ...about, at }] : others;
      return state();
    },
    "host/browse": () => "/home/anna/runbooks",
    "host/confirm": () => true,
  };
}

const destination = (address, model, requests, tokens, cost) => {
  return { address, model, requests, bytes: requests * 1500, tokens, cost };
};

/** The log of what was sent. */
function sentLog(kind) {
  let sent = kind === "unsent" ? [] : sentEntries();
  return {
    "ai/report": () => ({
      since: sent.at(-1)?.time ?? "",
      requests: sent.length,
      bytes: sent.length * 1500,
      masked: sent.length ? [{ name: "literal", value: 1341 }] : [],
      destinations: sent.length
        ? [
            destination("https://api.openai.com", "gpt-4o", 400, 420_000, 1.76),
            destination("", "copilot/gpt-4.1", 50, 0, 0),
          ]
        : [],
    }),
    "ai/clearSent": () => {
      sent = [];
      return {};
    },
    "ai/sent": ({ text, before, limit }) => {
      const matching = sent.filter(
        (entry) =>
          (before === undefined || entry.id < before) &&
          (text === "" || entry.request.toLowerCase().includes(text.toLowerCase())),
      );
      const entries = matching.slice(0, limit);
      const more = matching.length > limit ? { next: entries.at(-1).id } : {};
      return { entries, file: "/home/anna/.local/share/mydba/sent.db", ...more };
    },
  };
}

export function aiScenario(host) {
  const { kind, tab } = host.settings;
  const answers = { ...settingsHost(host.settings), ...sentLog(kind) };
  const failures = {
    ...(kind === "modelsFail" && {
      "ai/models": [
        "the key was refused (401)",
        { code: "authFailed", hint: "Store the key of the provider above." },
      ],
    }),
    ...(kind === "sentFails" && { "ai/sent": ["sent.db: no permission", { code: "io" }] }),
  };
  if (kind !== "slow") answers["ai/models"] = () => ({ models: kind === "noModels" ? [] : models });
  return {
    params: { tab },
    request({ id, method, params }) {
      const failure = failures[method];
      delete failures[method]; // the next try works
      if (failure) return host.fail(id, ...failure);
      const answer = answers[method];
      if (answer) host.respond(id, structuredClone(answer(params)));
    },
  };
}
