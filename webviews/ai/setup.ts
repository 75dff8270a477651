// The first tab: who is asked, what the user agreed to, what is sent, and how much of it. Every change is
// saved at once, and the host answers with everything that is shown.
import type { AiProviderKind } from "../../protocol/generated/ts/protocol.js";
import { banner } from "../shared/banner.js";
import { type Bridge, RequestError } from "../shared/bridge.js";
import { button, el, elide, foreign, liveRegion, replace, setText } from "../shared/dom.js";
import { localTime } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import * as controls from "./controls.js";
import {
  agreedAt,
  destination,
  documentsText,
  isReached,
  keyHint,
  leaves,
  staysHere,
  type AiState,
  usedText,
  wantsApiVersion,
} from "./layout.js";
import { ModelChoice } from "./models.js";

const unlimited = 1_000_000_000;

export class SetupTab {
  readonly element = el("div", { class: "setup" });
  private state_: AiState | undefined;
  private providers_: readonly AiProviderKind[] = [];
  private readonly status_ = el("div");
  private readonly problem_ = el("div");
  private readonly cards_ = el("div", {
    class: "cards",
    role: "radiogroup",
    "aria-label": "Provider",
  });
  private readonly consent_ = el("div", { class: "consent" });
  private readonly key_ = el("div");
  private readonly used_ = el("p", { class: "dim" });
  private readonly files_ = el("div");
  private readonly live_ = liveRegion();
  private readonly workspace_ = el("input", { type: "checkbox", id: "ai-workspace" });
  private readonly ownSettings_ = el("div");
  private readonly models_: ModelChoice;
  private readonly controls_: Record<string, controls.Control>;

  constructor(private readonly bridge_: Bridge) {
    const save: controls.Save = (change) => this.save(change);
    this.models_ = new ModelChoice(bridge_, (model) => save({ model }));
    this.controls_ = this.makeControls(save);
    this.workspace_.addEventListener("change", () => this.scopeChanged());
    this.element.append(
      this.live_,
      this.problem_,
      el("div", { class: "sections" }, this.sections()),
    );
  }

  async start(): Promise<void> {
    const [{ providers }] = await Promise.all([
      this.bridge_.request("ai/providers", {}).result,
      this.act("aiState", {}),
    ]);
    this.providers_ = providers;
    this.workspace_.checked = (this.state_?.ofWorkspace.length ?? 0) > 0;
    this.draw();
  }

  /** Settings may have been changed elsewhere. */
  refresh(): void {
    if (this.state_ !== undefined) void this.act("aiState", {});
  }

  private makeControls(save: controls.Save): Record<string, controls.Control> {
    return {
      enabled: controls.check(
        "enabled",
        "Let MyDBA ask a model",
        "Off, nothing is sent anywhere. Plans, findings, rules and documents work either way.",
        save,
      ),
      baseUrl: controls.text("baseUrl", this.addressWording(), save),
      apiVersion: controls.text(
        "apiVersion",
        { label: "API version", hint: "Azure's api-version, such as 2024-10-21." },
        save,
      ),
      names: controls.choice("names", "Names of tables and columns", nameChoices, save),
      schemaExtent: controls.choice("schemaExtent", "Schema", schemaChoices, save),
      sendHistory: controls.check(
        "sendHistory",
        "Send earlier turns of a conversation",
        "So that “it” and “that table” are understood.",
        save,
      ),
      confirmBeforeSend: controls.check(
        "confirmBeforeSend",
        "Ask me before each request",
        "With the whole text that would leave.",
        save,
      ),
      offerToEditor: controls.check(
        "offerToEditor",
        "Offer this model to other chat features",
        "It then stands in the editor's model picker. What they send is redacted like questions to @mydba, so it is for questions about databases: code other than SQL is left out.",
        save,
      ),
      ...limitControls(save),
      documents: this.folderControl(save),
      fetchPages: controls.check(
        "fetchPages",
        "Let me fetch the official page of a document",
        "A button in each document. Only the page's address leaves; what comes back is shown to you, not to a model. Works with AI off.",
        save,
      ),
    };
  }

  private folderControl(save: controls.Save): controls.Control {
    const browse = (current: string) =>
      this.bridge_.ask("browse", { title: "Folder of your own documents", current, folder: true });
    return controls.folder(
      "documents",
      {
        label: "Folder",
        hint: "Markdown and text: run-books, conventions. Searched on this machine; passages that fit a question are sent with it.",
      },
      browse,
      save,
    );
  }

  private addressWording() {
    const hint = "Empty: the provider's own. A new address needs your consent anew.";
    const placeholder = () => this.kind()?.defaultUrl ?? "";
    return { label: "Address", hint, placeholder };
  }

  private fieldOf(name: string): HTMLElement {
    return (this.controls_[name] as controls.Control).element;
  }

  private sections(): HTMLElement[] {
    const place = el("div", { class: "field check" }, [
      el("div", { class: "line" }, [
        this.workspace_,
        el("label", { for: "ai-workspace" }, ["Save what I change here for this workspace only"]),
      ]),
      this.ownSettings_,
    ]);
    const limits = ["requestsPerMinute", "sessionTokens", "dayTokens", "timeoutSeconds"];
    return [
      el("section", { class: "first" }, [this.fieldOf("enabled"), this.status_, place]),
      controls.section("Who is asked", [
        this.cards_,
        this.fieldOf("baseUrl"),
        this.fieldOf("apiVersion"),
      ]),
      controls.section("Consent", [this.consent_]),
      controls.section("Key", [this.key_]),
      controls.section("Model", [this.models_.element]),
      controls.section("What is sent", [
        this.fieldOf("names"),
        this.fieldOf("schemaExtent"),
        this.fieldOf("sendHistory"),
        this.fieldOf("confirmBeforeSend"),
      ]),
      controls.section("Limits", [
        el(
          "div",
          { class: "numbers" },
          limits.map((name) => this.fieldOf(name)),
        ),
        this.used_,
      ]),
      controls.section("Other chat features", [this.fieldOf("offerToEditor")]),
      controls.section("Your own documents", [this.fieldOf("documents"), this.files_]),
      controls.section("Official pages", [this.fieldOf("fetchPages")]),
    ];
  }

  private save(change: Record<string, unknown>): void {
    void this.act("saveAi", { settings: change, workspace: this.workspace_.checked });
  }

  /** Without its own settings a workspace has yours. */
  private scopeChanged(): void {
    const own = this.state_?.ofWorkspace ?? [];
    if (this.workspace_.checked || own.length === 0) return;
    const settings = Object.fromEntries(own.map((name) => [name, null]));
    void this.act("saveAi", { settings, workspace: true });
  }

  private async act(name: string, params: object): Promise<void> {
    try {
      this.state_ = (await this.bridge_.ask(name, params)) as AiState;
      replace(this.problem_);
      this.draw();
    } catch (reason) {
      const { message, data } = RequestError.of(reason);
      replace(this.problem_, banner("error", `Not saved: ${message} ${data?.hint ?? ""}`));
    }
  }

  private kind(): AiProviderKind | undefined {
    return this.providers_.find(({ id }) => id === this.state_?.settings.provider);
  }

  private draw(): void {
    const state = this.state_;
    if (state === undefined) return;
    const { status, settings, ofWorkspace, hasWorkspace } = state;
    for (const control of Object.values(this.controls_)) control.update(state);
    this.drawStatus(state);
    this.drawCards(settings.provider);
    const kind = this.kind();
    const reached = kind !== undefined && isReached(kind);
    this.fieldOf("baseUrl").hidden = !reached;
    this.fieldOf("apiVersion").hidden = !reached || !wantsApiVersion(settings);
    this.drawConsent(state);
    this.drawKey(state, kind);
    const isNobody = status.place === "nowhere";
    this.sectionOf(this.models_.element).hidden = isNobody;
    this.models_.update(state);
    setText(this.used_, usedText(status));
    this.drawFiles(state);
    (this.workspace_.closest(".field") as HTMLElement).hidden = !hasWorkspace;
    const own = `This workspace has its own: ${ofWorkspace.join(", ")}.`;
    replace(this.ownSettings_, ofWorkspace.length > 0 && el("p", { class: "dim hint" }, [own]));
  }

  private sectionOf(element: HTMLElement): HTMLElement {
    return element.closest("section") as HTMLElement;
  }

  private drawStatus({ status }: AiState): void {
    const isReady = status.state === "ready";
    const isSafe = status.state === "off" || status.place === "local" || status.place === "nowhere";
    const line = el("p", { class: `status ${isReady ? "ready" : ""}` }, [
      icon(isSafe ? "lock" : "globe"),
      el("span", { dir: "auto" }, [elide(status.message, 400)]),
    ]);
    if (this.status_.textContent !== status.message) setText(this.live_, status.message);
    replace(this.status_, line);
  }

  private drawCards(chosen: string): void {
    if (this.cards_.childElementCount !== this.providers_.length)
      replace(this.cards_, ...this.providers_.map((kind) => this.card(kind)));
    for (const input of this.cards_.querySelectorAll("input"))
      input.checked = input.value === chosen;
  }

  private card({ id, name, description }: AiProviderKind): HTMLElement {
    const choose = () => this.save({ provider: id, baseUrl: "", apiVersion: "", model: "" });
    return el("label", { class: "card" }, [
      el("input", { type: "radio", name: "provider", value: id }, [], { change: choose }),
      el("span", {}, [el("strong", {}, [name]), el("span", { class: "dim" }, [description])]),
    ]);
  }

  private drawConsent(state: AiState): void {
    const { status, settings } = state;
    const section = this.sectionOf(this.consent_);
    section.hidden = status.place === "nowhere";
    if (section.hidden) return;
    const { provider, address } = status;
    const at = agreedAt(state);
    const say = (agreed: boolean) => void this.act("consent", { provider, address, agreed });
    const hadFocus = this.consent_.contains(document.activeElement);
    const where = foreign(destination(status));
    replace(
      this.consent_,
      el("p", {}, [
        at === undefined ? "With your consent, MyDBA sends to " : "MyDBA may send to ",
        el("strong", {}, [where]),
        ":",
      ]),
      el(
        "ul",
        {},
        leaves(settings).map((part) => el("li", {}, [part])),
      ),
      el("p", {}, [staysHere]),
      at === undefined
        ? button("I agree", () => say(true), { class: "primary" })
        : el("div", { class: "line" }, [
            icon("ok", "severity-ok"),
            el("span", {}, [`You agreed on ${localTime(at)}.`]),
            button("Revoke", () => say(false)),
          ]),
    );
    if (hadFocus) this.consent_.querySelector("button")?.focus();
  }

  private drawKey(state: AiState, kind: AiProviderKind | undefined): void {
    const { provider, address } = state.status;
    const section = this.sectionOf(this.key_);
    section.hidden = kind === undefined || kind.key === "none" || address === "";
    // Drawn again only for another address: a key that is being typed must not be lost.
    const stamp = `${provider} ${address} ${state.hasKey}`;
    if (section.hidden || kind === undefined || this.key_.dataset["stamp"] === stamp) return;
    this.key_.dataset["stamp"] = stamp;
    const store = (key: string) => void this.act("saveKey", { provider, address, key });
    if (state.hasKey) {
      replace(
        this.key_,
        el("div", { class: "line" }, [
          icon("ok", "severity-ok"),
          el("span", {}, ["Stored for ", foreign(address), "."]),
          button("Forget", () => store("")),
        ]),
      );
      return;
    }
    const input = el("input", {
      type: "password",
      id: "ai-key",
      autocomplete: "new-password",
      "aria-describedby": "ai-key-hint",
    });
    const submit = () => input.value.trim() !== "" && store(input.value.trim());
    input.addEventListener("keydown", ({ key }) => key === "Enter" && submit());
    replace(
      this.key_,
      el("label", { for: "ai-key" }, [`Key for ${elide(address, 200)}`]),
      el("div", { class: "line" }, [input, button("Store", submit)]),
      el("p", { class: "dim hint", id: "ai-key-hint" }, [keyHint(kind)]),
    );
  }

  private drawFiles({ status, settings }: AiState): void {
    const { ownDocumentsSkipped: skipped } = status;
    replace(
      this.files_,
      settings.documents && el("p", {}, [documentsText(status)]),
      skipped.length > 0 &&
        el("details", {}, [
          el("summary", {}, ["Files that are not searched"]),
          el(
            "ul",
            {},
            skipped.slice(0, 200).map((file) => el("li", {}, [foreign(file)])),
          ),
        ]),
    );
  }
}

function limitControls(save: controls.Save): Record<string, controls.Control> {
  const none = "0 means no limit.";
  return {
    requestsPerMinute: controls.number(
      "requestsPerMinute",
      { label: "Requests a minute", hint: none },
      [0, 100_000],
      save,
    ),
    sessionTokens: controls.number(
      "sessionTokens",
      { label: "Tokens until a restart", hint: none },
      [0, unlimited],
      save,
    ),
    dayTokens: controls.number(
      "dayTokens",
      { label: "Tokens a day", hint: none },
      [0, unlimited],
      save,
    ),
    timeoutSeconds: controls.number(
      "timeoutSeconds",
      { label: "Give up after, s", hint: "Without a byte of an answer." },
      [5, 3600],
      save,
    ),
  };
}

const nameChoices: readonly controls.Choice[] = [
  { value: "keep", label: "As they are", hint: "Answers are better." },
  {
    value: "alias",
    label: "Others in their place",
    hint: "Such as t1 and c2; mapped back in the answer.",
  },
];

const schemaChoices: readonly controls.Choice[] = [
  { value: "none", label: "None", hint: "Only what the question and the statement name." },
  { value: "names", label: "Names", hint: "Of the tables and columns that the question is about." },
  {
    value: "full",
    label: "Names, types, keys, indexes",
    hint: "Of the tables that the question is about, with their estimated row counts.",
  },
];
