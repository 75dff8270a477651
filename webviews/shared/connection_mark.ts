// Which connection a page works on, in its foot and as a strip along its top: name, what it is used for, and whether
// it may change anything. Words and icon say what the colour says.
import type { Environment } from "../../protocol/generated/ts/protocol.js";
import type { Bridge, ViewConnection } from "./bridge.js";
import { el, elide, replace } from "./dom.js";
import { icon } from "./icons.js";

const names: Record<Environment, string> = {
  dev: "development",
  staging: "staging",
  prod: "production",
};

/** The mark for a footer. It and the strip follow what the host says later, and so does who is `told`. */
export function connectionMark(
  bridge: Bridge,
  connection: Partial<ViewConnection>,
  told: (connection: ViewConnection) => void = () => undefined,
): HTMLElement {
  const mark = el("span", { class: "connection-mark" });
  const show = ({ connectionName = "", environment, readOnly }: Partial<ViewConnection>) => {
    document.body.dataset["environment"] = environment ?? "dev";
    replace(
      mark,
      readOnly === true && el("span", { class: "badge" }, [icon("lock"), "read-only"]),
      environment !== undefined &&
        environment !== "dev" &&
        el("span", { class: "badge environment" }, [names[environment]]),
      el("bdi", { class: "dim connection" }, [elide(connectionName, 80)]),
    );
  };
  show(connection);
  bridge.onConnection = (known) => {
    show(known);
    told(known);
  };
  return mark;
}
