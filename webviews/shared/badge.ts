// A few words in a frame: a state or a severity, never by its colour alone.
import type { Severity } from "../../protocol/generated/ts/protocol.js";
import { el } from "./dom.js";
import { icon, type IconName } from "./icons.js";

export interface Badge {
  icon: IconName;
  severity: Severity | "ok";
  label: string;
}

export const drawBadge = ({ icon: name, severity, label }: Badge): HTMLElement =>
  el("span", { class: `badge severity-${severity}` }, [icon(name), label]);

export const severityBadge = (severity: Severity): HTMLElement =>
  drawBadge({ icon: severity, severity, label: severity });
