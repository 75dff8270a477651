// The form that adds, edits and tests a connection. The password lives in its input element only: it is read
// when it is sent and is never part of the kept state.
import type {
  ConnectionProfile,
  EngineDescriptor,
  TestResult,
  UrlResult,
} from "../../protocol/generated/ts/protocol.js";
import { type Bridge, type Call, RequestError } from "../shared/bridge.js";
import { button, el, replace } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import * as draw from "./draw.js";
import {
  type Field,
  type FieldName,
  fieldsOf,
  type FormValues,
  problems,
  profileOf,
  valuesOf,
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
  private passwordTyped_ = false;
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
      this.outcome_,
      el("div", { class: "buttons" }, [
        el("button", { class: "primary", type: "submit" }, ["Save"]),
        this.testButton_,
        button("Cancel", () => this.bridge_.action("close", {})),
      ]),
    ]);
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
    this.url_.addEventListener("paste", () => setTimeout(() => void this.useUrl(), 0));
    this.url_.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.useUrl();
    });
    return el("div", { class: "field url" }, [
      el("label", { for: "url" }, ["Paste a connection URL, or fill in the fields"]),
      el("div", { class: "line" }, [this.url_, button("Use", () => void this.useUrl())]),
      el("p", { class: "problem", id: "url-problem", role: "alert" }),
    ]);
  }

  private async useUrl(): Promise<void> {
    const url = this.url_.value.trim();
    const problem = document.getElementById("url-problem") as HTMLElement;
    problem.textContent = "";
    if (url === "") return;
    try {
      this.fillFrom(await this.bridge_.request("connection/parseUrl", { url }).result);
      this.url_.value = "";
    } catch (error) {
      problem.textContent =
        error instanceof RequestError ? error.message : "This URL was not understood.";
    }
  }

  private fillFrom({ profile, password }: UrlResult): void {
    const engine = this.state_.engines.find((e) => e.id === profile.engine);
    if (engine !== undefined) this.engine_ = engine;
    this.values_ = { ...valuesOf(profile), name: this.values_.name || profile.name };
    this.options_ = profile.options;
    this.passwordTyped_ = false;
    this.redraw();
    const input = this.fields_.get("password")?.input;
    if (password === undefined || input === undefined) return;
    input.value = password;
    this.passwordTyped_ = true;
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
  }

  private field(field: Field, password: string | undefined): HTMLElement {
    const drawn = draw.drawField(field, this.values_, {
      changed: (name, value) => this.changed(name, value),
      browse: (name) => void this.browse(name),
    });
    if (field.kind === "password") {
      const { hasPassword = false } = this.state_;
      if (hasPassword) drawn.input.setAttribute("placeholder", "stored; leave empty to keep it");
      drawn.input.value = password ?? "";
    }
    this.fields_.set(field.name, drawn);
    return drawn.element;
  }

  private changed(name: FieldName, value: string): void {
    if (name === "password") this.passwordTyped_ = true;
    else {
      this.values_ = { ...this.values_, [name]: value };
      this.keep();
    }
    const drawn = this.fields_.get(name);
    if (drawn !== undefined && drawn.problem.textContent !== "") this.check();
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

  /** The password to send: undefined keeps the stored one. */
  private password(): string | undefined {
    const value = this.fields_.get("password")?.input.value ?? "";
    if (value !== "") return value;
    // Emptied on purpose is not told apart from never stored: both mean that there is none.
    return this.passwordTyped_ || this.state_.hasPassword !== true ? "" : undefined;
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
