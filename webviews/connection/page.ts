// The form that adds, edits and tests a connection. The password lives in its input element only: it is read
// when it is sent and is never part of the kept state.
import type {
  ConnectionProfile,
  EngineDescriptor,
  TestResult,
  UrlResult,
} from "../../protocol/generated/ts/protocol.js";
import { type Bridge, type Call, RequestError } from "../shared/bridge.js";
import { button, el, replace, setText } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import * as draw from "./draw.js";
import {
  type Field,
  type FieldName,
  fieldsOf,
  type FormValues,
  looksLikeUrl,
  problems,
  profileOf,
  valuesOf,
  withoutPassword,
} from "./layout.js";

export interface ConnectionState {
  engines: EngineDescriptor[];
  profile?: ConnectionProfile;
  hasPassword?: boolean;
  /** What was typed before a reload, without secrets. */
  typed?: { engine: string; values: FormValues };
}

export class ConnectionPage {
  private engine_: EngineDescriptor;
  private values_: FormValues;
  private options_: ConnectionProfile["options"];
  private readonly id_: string;
  private fields_ = new Map<FieldName, draw.DrawnField>();
  /** The stored password goes when this is saved. */
  private forget_ = false;
  private test_: Call<TestResult> | undefined;
  private readonly engines_ = el("div");
  private readonly form_ = el("div", { class: "fields" });
  private readonly outcome_ = el("div", { class: "outcome-place", "aria-live": "polite" });
  private readonly url_ = el("input", {
    id: "url",
    type: "text",
    placeholder: "engine://user:password@host:port/database",
    spellcheck: "false",
    autocomplete: "off",
  });
  private readonly testButton_ = button(
    "Test connection",
    () => void this.test(),
    {},
    icon("play"),
  );

  constructor(
    private readonly bridge_: Bridge,
    private readonly state_: ConnectionState,
    root: HTMLElement,
  ) {
    const { profile, typed, engines } = state_;
    const wanted = typed?.engine ?? profile?.engine;
    this.engine_ =
      engines.find((engine) => engine.id === wanted) ?? (engines[0] as EngineDescriptor);
    this.values_ = typed?.values ?? valuesOf(profile ?? {});
    this.options_ = profile?.options;
    this.id_ = profile?.id ?? crypto.randomUUID();
    const form = el("form", {}, [
      el("h1", {}, [profile === undefined ? "Add a connection" : "Edit the connection"]),
      this.urlLine(),
      this.engines_,
      this.form_,
      el("div", { class: "actions" }, [
        this.outcome_,
        el("div", { class: "buttons" }, [
          el("button", { class: "primary", type: "submit" }, ["Save"]),
          this.testButton_,
          button("Cancel", () => this.bridge_.action("close", {})),
        ]),
      ]),
    ]);
    form.addEventListener("paste", (event) => this.pasted(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    root.replaceChildren(el("main", {}, [form]));
    this.redraw();
  }

  dispose(): void {
    this.test_?.cancel();
  }

  private urlLine(): HTMLElement {
    const use = () => void this.useUrl(this.url_.value.trim());
    this.url_.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      use();
    });
    return el("div", { class: "field url" }, [
      el("label", { for: "url" }, ["Paste a connection URL, or fill in the fields"]),
      el("div", { class: "line" }, [this.url_, button("Use", use)]),
      el("p", { class: "problem", id: "url-problem", role: "alert" }),
    ]);
  }

  /** A pasted URL is taken apart before it is seen: it may hold a password. */
  private pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text").trim() ?? "";
    const isSecret = event.target === this.fields_.get("password")?.input;
    if (isSecret || !looksLikeUrl(text, this.state_.engines)) return;
    event.preventDefault();
    void this.useUrl(text);
  }

  private async useUrl(url: string): Promise<void> {
    const problem = document.getElementById("url-problem") as HTMLElement;
    problem.textContent = "";
    if (url === "") return;
    this.outcome_.replaceChildren();
    const hidden = withoutPassword(url);
    this.url_.value = hidden.url;
    try {
      this.fillFrom(await this.parse(url, hidden));
      this.url_.value = "";
      this.fields_.get("name")?.input.focus();
    } catch (error) {
      this.typePassword(hidden.password);
      const { message, data } = RequestError.of(error);
      problem.textContent = data?.hint === undefined ? message : `${message}: ${data.hint}`;
    }
  }

  /** A password with characters that a URL cannot hold as they are is left out, and taken as it is. */
  private async parse(url: string, hidden: { url: string; password?: string }): Promise<UrlResult> {
    try {
      return await this.bridge_.request("connection/parseUrl", { url }).result;
    } catch (error) {
      if (hidden.password === undefined) throw error;
      const parsed = await this.bridge_.request("connection/parseUrl", { url: hidden.url }).result;
      return { ...parsed, password: hidden.password };
    }
  }

  private fillFrom({ profile, password }: UrlResult): void {
    const engine = this.state_.engines.find((e) => e.id === profile.engine);
    if (engine !== undefined) this.engine_ = engine;
    this.values_ = { ...valuesOf(profile), name: this.values_.name || profile.name };
    this.options_ = profile.options;
    this.redraw();
    this.keep();
    this.typePassword(password);
  }

  private typePassword(password: string | undefined): void {
    const input = this.fields_.get("password")?.input;
    if (password !== undefined && input !== undefined) input.value = password;
  }

  private redraw(): void {
    const choose = (engine: EngineDescriptor) => {
      this.engine_ = engine;
      this.outcome_.replaceChildren();
      this.redraw();
      this.keep();
      this.engines_.querySelector<HTMLElement>(":checked")?.focus();
    };
    this.engines_.replaceChildren(draw.drawEngines(this.state_.engines, this.engine_, choose));
    const password = this.fields_.get("password")?.input.value;
    this.fields_.clear();
    const fields = fieldsOf(this.engine_);
    const drawn = (field: Field) => this.field(field, password);
    const advanced = fields.filter((field) => field.advanced);
    const isUsed = advanced.some((field) => this.values_[field.name] !== "");
    const more = el("details", {}, [
      el("summary", {}, ["TLS, SSH and more"]),
      ...advanced.map(drawn),
    ]);
    more.open = isUsed;
    replace(
      this.form_,
      ...fields.filter((field) => !field.advanced).map(drawn),
      advanced.length > 0 && more,
    );
    this.showWhenFitting();
  }

  private field(field: Field, password: string | undefined): HTMLElement {
    const drawn = draw.drawField(field, this.values_, {
      changed: (name, value) => this.changed(name, value),
      browse: (name) => void this.browse(name),
    });
    if (field.kind === "password") {
      drawn.input.value = password ?? "";
      if (this.state_.hasPassword === true) drawn.element.append(this.storedPassword(drawn.input));
    }
    this.fields_.set(field.name, drawn);
    return drawn.element;
  }

  /** Says that a password is stored, and offers to forget it with the next save. */
  private storedPassword(input: draw.Input): HTMLElement {
    const text = el("span");
    const choice = button("", () => show(!this.forget_), { class: "link" });
    const show = (forget: boolean) => {
      this.forget_ = forget;
      setText(text, forget ? "Saving forgets the stored password." : "A password is stored.");
      setText(choice, forget ? "Keep it" : "Forget the stored password");
      input.setAttribute("placeholder", forget ? "" : "leave empty to keep the stored one");
    };
    show(this.forget_);
    return el("p", { class: "dim hint stored", role: "status" }, [text, " ", choice]);
  }

  private changed(name: FieldName, value: string): void {
    if (name !== "password") {
      this.values_ = { ...this.values_, [name]: value };
      this.keep();
    }
    const drawn = this.fields_.get(name);
    if (drawn !== undefined && drawn.problem.textContent !== "") this.check();
    this.showWhenFitting();
  }

  /** Some fields make sense only with what another one says. */
  private showWhenFitting(): void {
    for (const { name, when } of fieldsOf(this.engine_)) {
      const drawn = this.fields_.get(name);
      if (drawn !== undefined) drawn.element.hidden = when?.(this.values_) === false;
    }
  }

  private keep(): void {
    const { engines, profile, hasPassword } = this.state_;
    const typed = { engine: this.engine_.id, values: { ...this.values_, password: "" } };
    this.bridge_.state = { engines, profile, hasPassword, typed };
  }

  private async browse(name: FieldName): Promise<void> {
    const label = fieldsOf(this.engine_).find((field) => field.name === name)?.label ?? "File";
    const path = await this.bridge_.ask("browse", { title: label, current: this.values_[name] });
    const drawn = this.fields_.get(name);
    if (typeof path !== "string" || drawn === undefined) return;
    drawn.input.value = path;
    this.changed(name, path);
  }

  /** Shows what is wrong; true when nothing is. */
  private check(): boolean {
    const found = problems(this.engine_, this.values_);
    for (const [name, { input, problem }] of this.fields_) {
      problem.textContent = found.get(name) ?? "";
      input.setAttribute("aria-invalid", String(found.has(name)));
    }
    const first = [...found.keys()][0];
    if (first !== undefined) {
      const input = this.fields_.get(first)?.input;
      const hidden = input?.closest("details");
      if (hidden) hidden.open = true;
      input?.focus();
    }
    return first === undefined;
  }

  private profile(): ConnectionProfile {
    return profileOf(this.engine_, this.values_, { id: this.id_, options: this.options_ });
  }

  /** The password to send: undefined keeps the stored one, "" says that there is none. */
  private password(): string | undefined {
    const typed = this.fields_.get("password")?.input.value ?? "";
    const keepsStored = typed === "" && this.state_.hasPassword === true && !this.forget_;
    return keepsStored ? undefined : typed;
  }

  private async test(): Promise<void> {
    if (this.test_ !== undefined) return this.test_.cancel();
    if (!this.check()) return;
    const call = this.bridge_.request("connection/test", {
      profile: this.profile(),
      password: this.password(),
    });
    this.test_ = call;
    this.setTesting(true);
    replace(this.outcome_, el("p", { class: "outcome dim" }, ["Connecting…"]));
    try {
      replace(this.outcome_, draw.drawTested(await call.result));
    } catch (error) {
      if (error instanceof RequestError)
        replace(this.outcome_, error.cancelled ? null : draw.drawTestFailure(error));
    } finally {
      this.test_ = undefined;
      this.setTesting(false);
    }
  }

  private setTesting(testing: boolean): void {
    const label = this.testButton_.querySelector("span");
    if (label !== null) label.textContent = testing ? "Stop testing" : "Test connection";
    this.testButton_.querySelector("svg")?.replaceWith(icon(testing ? "stop" : "play"));
  }

  private save(): void {
    if (!this.check()) return;
    const password = this.engine_.isFile ? undefined : this.password();
    const secret = password === undefined ? {} : { password };
    this.bridge_.action("saveConnection", { profile: this.profile(), ...secret });
  }
}
