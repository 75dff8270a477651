// The answer of @mydba inside a page: the same recipes as in the chat (`chat/ask`), about what the page shows.
//
// Nothing is asked before the user presses something: a page that comes back with the pane open shows an empty one. One
// question at a time; a new one, closing the pane or leaving the page cancels the one before.
import type {
  AiStatus,
  ChatButton,
  ChatCitation,
  ChatCommand,
  ChatItem,
  ChatResult,
} from "../../protocol/generated/ts/protocol.js";
import { drawButtons, drawCitations, drawSent } from "./answer_parts.js";
import { banner, failureBanner } from "./banner.js";
import { type Bridge, RequestError, type StreamCall } from "./bridge.js";
import { button, el, elide, iconButton, setText } from "./dom.js";
import { icon } from "./icons.js";
import { MarkdownView } from "./markdown_view.js";

export interface Question {
  command: ChatCommand;
  /** What would be typed behind the command. */
  prompt: string;
  /** What it is about, for people. */
  about: string;
  /** ChatResult.memory of the answer that it follows. */
  memory?: string;
}

export interface AnswerHost {
  readonly sessionId: string;
  /** About what the page shows now. */
  question(): Question;
  /** Whether to go on: what runs a statement asks the user first. */
  agrees(question: Question): Promise<boolean>;
  /** True for a button that leads to where the user is. */
  leadsHere(button: ChatButton): boolean;
  toggled(isOpen: boolean): void;
}

/** Items that may be on their way; each that came allows one more. */
const credit = 32;

export class AnswerPane {
  /** Asks, in the opened pane; or closes it. */
  readonly toggle = button(
    "Ask @mydba",
    () => this.pressed(),
    { class: "quiet", "aria-expanded": false },
    icon("comment"),
  );
  readonly element: HTMLElement;
  private readonly heading_ = el("h2", { tabindex: -1, dir: "auto" });
  private readonly cancel_ = button(
    "Cancel",
    () => this.call_?.cancel(),
    { class: "danger" },
    icon("stop"),
  );
  private readonly again_ = button("Ask again", () => this.askAgain(), {}, icon("refresh"));
  private readonly busy_ = el("div", {
    class: "busy",
    role: "progressbar",
    "aria-label": "Answering",
  });
  private readonly progress_ = el("p", { class: "progress dim", role: "status", dir: "auto" });
  private readonly problem_ = el("div");
  private readonly text_ = new MarkdownView();
  private readonly foot_ = el("div");
  private call_: StreamCall<ChatResult> | undefined;
  /** What was asked last, and what the page was about then. */
  private asked_: Question | undefined;
  private about_: Question | undefined;
  private markdown_ = "";
  private frame_ = 0;
  private citations_: ChatCitation[] = [];
  private buttons_: ChatButton[] = [];

  constructor(
    private readonly bridge_: Bridge,
    private readonly host_: AnswerHost,
    isOpen: boolean,
  ) {
    const close = iconButton("Close (Escape)", icon("close"), () => this.close());
    const tools = el("div", { class: "tools" }, [this.cancel_, this.again_, close]);
    const parts = [this.progress_, this.problem_, this.text_.element, this.foot_];
    this.text_.element.setAttribute("aria-live", "polite");
    this.element = el(
      "section",
      { class: "answer", role: "region", "aria-label": "Answer of @mydba" },
      [
        el("div", { class: "answer-head" }, [this.heading_, tools]),
        this.busy_,
        el("div", { class: "answer-body" }, parts),
      ],
      { keydown: (event) => this.key(event) },
    );
    this.open(isOpen);
    this.clear("@mydba");
    this.setBusy(false);
    this.again_.hidden = true;
    this.foot_.append(...this.invitation());
  }

  dispose(): void {
    this.call_?.cancel();
  }

  private invitation(): HTMLElement[] {
    const text =
      "Explains what this page shows: what was computed, what the documents say, and, where a model is set up, what it makes of them. Nothing is asked before you press the button.";
    const ask = button("Ask @mydba", () => void this.ask(), { class: "primary" }, icon("comment"));
    return [el("p", {}, [text]), ask];
  }

  private open(isOpen: boolean): void {
    this.element.hidden = !isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
  }

  private pressed(): void {
    if (!this.element.hidden) return this.close();
    // What was answered is still there.
    if (this.isCurrent) this.show();
    else void this.ask();
  }

  private get isCurrent(): boolean {
    const { command, prompt } = this.host_.question();
    return this.about_?.command === command && this.about_.prompt === prompt;
  }

  /** The same; or, where the page shows something else by now, about that. */
  private askAgain(): void {
    void this.ask(this.isCurrent ? this.asked_ : undefined);
  }

  private show(): void {
    this.open(true);
    this.host_.toggled(true);
    this.heading_.focus();
  }

  private close(): void {
    this.call_?.cancel();
    this.open(false);
    this.host_.toggled(false);
    this.toggle.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  private async ask(question = this.host_.question()): Promise<void> {
    if (!(await this.host_.agrees(question))) return;
    this.call_?.cancel();
    this.asked_ = question;
    this.about_ = this.host_.question();
    this.clear(`@mydba · ${question.about}`);
    this.show();
    const { command, prompt, memory } = question;
    const { sessionId } = this.host_;
    const status = this.bridge_.request("ai/status", {}).result.catch(() => undefined);
    const call = this.bridge_.stream(
      "chat/ask",
      { command, prompt, sessionId, sessions: [], ...(memory !== undefined && { memory }) },
      {
        credit,
        item: (item) => {
          this.take(item);
          call.grant(1);
        },
      },
    );
    this.call_ = call;
    this.setBusy(true);
    try {
      const result = await call.result;
      const known = await status;
      if (this.call_ === call) this.answered(result, known);
    } catch (error) {
      if (this.call_ === call) this.failed(RequestError.of(error), question);
    } finally {
      if (this.call_ === call) {
        this.call_ = undefined;
        this.setBusy(false);
      }
    }
  }

  private clear(heading: string): void {
    setText(this.heading_, elide(heading, 120));
    this.markdown_ = "";
    this.citations_ = [];
    this.buttons_ = [];
    this.problem_.replaceChildren();
    this.foot_.replaceChildren();
    this.draw();
  }

  private setBusy(busy: boolean): void {
    this.busy_.hidden = !busy;
    this.cancel_.hidden = !busy;
    this.again_.hidden = busy;
    // A screen reader waits for the end.
    this.text_.element.setAttribute("aria-busy", String(busy));
    setText(this.progress_, busy ? "Asking…" : "");
  }

  private take(item: ChatItem): void {
    if (item.kind === "progress") setText(this.progress_, elide(item.text, 200));
    else if (item.kind === "button") this.buttons_.push(item);
    else if (item.kind === "citation") this.citations_.push(item);
    else {
      this.markdown_ += item.text;
      if (this.frame_ === 0) this.frame_ = requestAnimationFrame(() => this.draw());
    }
  }

  private draw(): void {
    cancelAnimationFrame(this.frame_);
    this.frame_ = 0;
    this.text_.show(this.markdown_);
  }

  private answered({ followups, memory }: ChatResult, status: AiStatus | undefined): void {
    if (this.markdown_ === "") this.markdown_ = "There is nothing to say about it.";
    this.draw();
    const act = (pressed: ChatButton) => {
      this.bridge_.action("chatAction", { ...pressed, profileId: this.host_.sessionId });
    };
    const sent = this.buttons_.find(({ action }) => action === "showSent");
    const others = this.buttons_.filter((each) => each !== sent && !this.host_.leadsHere(each));
    const next = followups.map((followup) =>
      button(elide(followup.label, 80), () => {
        const { command, prompt, label } = followup;
        void this.ask({ command, prompt, about: label, memory });
      }),
    );
    if (this.citations_.length > 0) this.foot_.append(drawCitations(this.citations_, act));
    if (others.length > 0) this.foot_.append(drawButtons(others, act));
    if (next.length > 0)
      this.foot_.append(
        el("div", { class: "buttons" }, [el("span", { class: "dim" }, ["Ask next:"]), ...next]),
      );
    if (status !== undefined) this.foot_.append(drawSent(status, sent, act));
  }

  /** What came before it stays. */
  private failed(error: RequestError, question: Question): void {
    this.draw();
    const retry = () => void this.ask(question);
    this.problem_.append(
      error.cancelled
        ? banner("info", "Cancelled: the answer is not complete.")
        : failureBanner(error.message, error, retry),
    );
  }
}
