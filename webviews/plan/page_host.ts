// What the plan page keeps, and what its actions (what-if, fix, history, profile) may do with it.
import type {
  ExplainResult,
  Facet,
  PlanTree,
  Profile,
} from "../../protocol/generated/ts/protocol.js";
import type { Bridge, Call, ViewConnection } from "../shared/bridge.js";
import type { PartId } from "../profile/view.js";
import type { Around } from "./compare_page.js";
import type { Choices } from "./workspace.js";

export interface PlanState extends Partial<ViewConnection> {
  sessionId?: string;
  sql?: string;
  analyze?: boolean;
  /** Profile at once, after asking. */
  profile?: boolean;
  result?: ExplainResult;
  /** The last run that was measured, and the one before it. */
  run?: Profile;
  former?: Profile;
  /** The plan that is shown is the one of `run`: its steps are the stages' ones. */
  ofRun?: boolean;
  part?: "plan" | PartId;
  /** The indexes that were tried last, as they were typed. */
  wish?: string;
  choices?: Choices;
  /** The pane with the answer of @mydba is open. */
  answering?: boolean;
}

/** A statement on a connection. */
export interface Asked {
  sessionId: string;
  sql: string;
}

export interface PlanHost {
  readonly bridge: Bridge;
  readonly state: PlanState;
  /** Undefined for a saved plan, which no server stands behind. */
  readonly asked: Asked | undefined;
  /** False when the server is known not to be able to. */
  can(facet: Facet): boolean;
  /** A question of the editor with one button; true when it was pressed. */
  agrees(message: string, detail: string, action: string): Promise<boolean>;
  /** Shows that something is going on and can be cancelled. Undefined when it was, or when it failed, which is said. */
  work<R>(call: Call<R>, retry: () => void): Promise<R | undefined>;
  /** The plan of another run, measured as the present one was; the user agreed to it. */
  measureAgain(retry: () => void): Promise<ExplainResult | undefined>;
  /** Lines above the plan instead of those that are there. */
  note(...lines: HTMLElement[]): void;
  /** A plan of the statement as it is now. */
  explained(result: ExplainResult): void;
  /** Another plan in its place, which is not kept. */
  peek(result: ExplainResult): void;
  /** Two plans instead of the one, until the user goes back. */
  compare(before: PlanTree, after: PlanTree, around: Around): Promise<void>;
  /** Goes back to the plan. */
  back(): void;
}
