// Choosing a model: the provider's list, which is asked for only with consent, or any name that is typed.
import type { AiModel } from "../../protocol/generated/ts/protocol.js";
import { failureBanner } from "../shared/banner.js";
import { type Bridge, type Call, RequestError } from "../shared/bridge.js";
import { button, el, elide, replace } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { agreedAt, type AiState, matching, modelText } from "./layout.js";

const mostShown = 200;

export class ModelChoice {
  readonly element: HTMLElement;
  private models_: readonly AiModel[] | undefined;
  private call_: Call<unknown> | undefined;
  private chosen_ = "";
  private place_ = "";
  private readonly input_ = el("input", {
    type: "text",
    id: "ai-model",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "ai-model-hint",
  });
  private readonly list_ = el("div");
  private readonly refresh_ = button("List models", () => this.load(), {}, icon("refresh"));

  constructor(
    private readonly bridge_: Bridge,
    private readonly save_: (model: string) => void,
  ) {
    const hint =
      "Choose one of the list, or type its name. A list needs the switch, your consent, and the key.";
    this.element = el("div", { class: "field" }, [
      el("label", { for: "ai-model" }, ["Name"]),
      el("div", { class: "line" }, [this.input_, this.refresh_]),
      el("p", { class: "dim hint", id: "ai-model-hint" }, [hint]),
      this.list_,
    ]);
    this.input_.addEventListener("input", () => this.draw());
    this.input_.addEventListener("change", () => this.choose(this.input_.value.trim()));
  }

  /** Another provider or address has other models. */
  update(state: AiState): void {
    const { status, settings } = state;
    this.chosen_ = settings.model ?? "";
    if (document.activeElement !== this.input_) this.input_.value = this.chosen_;
    const mayAsk = settings.enabled && agreedAt(state) !== undefined;
    this.refresh_.disabled = !mayAsk;
    const place = `${status.provider} ${status.address} ${state.hasKey} ${mayAsk}`;
    if (place !== this.place_) {
      this.place_ = place;
      this.call_?.cancel();
      this.call_ = this.models_ = undefined;
      replace(this.list_);
      if (status.state === "noModel") this.load();
    }
    this.draw();
  }

  private choose(model: string): void {
    if (model === this.chosen_) return;
    this.chosen_ = this.input_.value = model;
    this.save_(model);
  }

  private load(): void {
    this.call_?.cancel();
    const call = this.bridge_.request("ai/models", {});
    this.call_ = call;
    replace(this.list_, el("p", { class: "dim", role: "status" }, ["Asking for the models…"]));
    call.result.then(
      ({ models }) => {
        if (this.call_ !== call) return;
        this.call_ = undefined;
        this.models_ = models;
        this.draw();
      },
      (reason: unknown) => {
        const error = RequestError.of(reason);
        if (this.call_ !== call || error.cancelled) return;
        this.call_ = undefined;
        const what = `The models cannot be listed: ${error.message}`;
        replace(
          this.list_,
          failureBanner(what, error, () => this.load()),
        );
      },
    );
  }

  private draw(): void {
    if (this.call_ !== undefined || this.models_ === undefined) return;
    if (this.models_.length === 0) {
      const text = "It has no models yet. Install or load one there, then list them again.";
      return replace(this.list_, el("p", { role: "status" }, [text]));
    }
    const found = matching(this.models_, this.input_.value, this.chosen_);
    const options = found.slice(0, mostShown).map((model) => this.option(model));
    const none = el("p", { class: "dim" }, ["None of the list has that in its name."]);
    const label = { class: "models", role: "radiogroup", "aria-label": "Models of the provider" };
    const hadFocus = this.list_.contains(document.activeElement);
    replace(this.list_, options.length > 0 ? el("div", label, options) : none);
    if (hadFocus) this.list_.querySelector<HTMLElement>(":checked")?.focus();
  }

  private option(model: AiModel): HTMLElement {
    const radio = el("input", {
      type: "radio",
      name: "model",
      value: model.id,
      checked: model.id === this.chosen_,
    });
    radio.addEventListener("change", () => this.choose(model.id));
    const more = modelText(model);
    return el("label", {}, [
      radio,
      el("bdi", {}, [elide(model.name, 200)]),
      more !== "" && el("span", { class: "dim" }, [elide(more, 200)]),
    ]);
  }
}
