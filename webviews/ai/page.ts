// The AI page: how models are asked, and what was sent to them.
import type { Bridge } from "../shared/bridge.js";
import { el } from "../shared/dom.js";
import { drawTabs } from "../shared/tabs.js";
import { SentTab } from "./sent.js";
import { SetupTab } from "./setup.js";

/** What outlives a reload. */
export interface Kept {
  tab: string;
}

const tabs = [
  { id: "models", label: "Set up", title: "Who is asked, and what may be sent" },
  { id: "sent", label: "What was sent", title: "Every request, word for word" },
];

export class AiPage {
  private readonly list_ = el("div", { class: "tabs", role: "tablist", "aria-label": "AI" });
  private readonly setup_: SetupTab;
  private readonly sent_: SentTab;
  private readonly seen_ = () => {
    if (document.visibilityState === "visible") this.setup_.refresh();
  };

  constructor(
    private readonly bridge_: Bridge,
    private kept_: Kept,
    root: HTMLElement,
  ) {
    this.setup_ = new SetupTab(bridge_);
    this.sent_ = new SentTab(bridge_);
    const bar = el("div", { class: "bar" }, [this.list_]);
    root.replaceChildren(bar, this.setup_.element, this.sent_.element);
    document.addEventListener("visibilitychange", this.seen_);
  }

  async start(): Promise<void> {
    this.show(this.kept_.tab);
    await this.setup_.start();
  }

  dispose(): void {
    document.removeEventListener("visibilitychange", this.seen_);
    this.sent_.dispose();
  }

  private show(tab: string): void {
    this.kept_ = { tab };
    this.bridge_.state = this.kept_;
    drawTabs(this.list_, tabs, tab, (id) => this.show(id));
    const isSent = tab === "sent";
    this.setup_.element.hidden = isSent;
    this.sent_.element.hidden = !isSent;
    if (isSent) this.sent_.load();
  }
}
