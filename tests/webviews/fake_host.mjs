// The host's side of the bridge for tests, inside the page: `acquireVsCodeApi` and a script of answers.
// `window.startView(scenario)` is called by the test; what the page sent is in `window.sent`.
import { aiScenario } from "./scenarios/ai.mjs";
import { auditScenario } from "./scenarios/audit.mjs";
import { resultsScenario } from "./scenarios/results.mjs";
import { planScenario } from "./scenarios/plan.mjs";
import { processesScenario } from "./scenarios/processes.mjs";
import { connectionScenario } from "./scenarios/connection.mjs";
import { workloadScenario } from "./scenarios/workload.mjs";

const scenarios = {
  ai: aiScenario,
  audit: auditScenario,
  results: resultsScenario,
  plan: planScenario,
  processes: processesScenario,
  connection: connectionScenario,
  workload: workloadScenario,
};

const settings = JSON.parse(document.getElementById("scenario").textContent);
window.sent = [];
// With `keeps`, what the page kept outlives a reload, as in the editor.
const stored = settings.keeps === true ? sessionStorage.getItem("state") : null;
window.state = stored === null ? settings.state : JSON.parse(stored);

const toPage = (message) => window.postMessage(message, "*");

const host = {
  settings,
  init: (params) => {
    const { restored } = settings;
    toPage({ jsonrpc: "2.0", method: "view/init", params: { version: 1, params, restored } });
  },
  respond: (id, result) => toPage({ jsonrpc: "2.0", id, result }),
  fail: (id, message, data) =>
    toPage({ jsonrpc: "2.0", id, error: { code: -32000, message, data } }),
  connection: (params) => toPage({ jsonrpc: "2.0", method: "view/connection", params }),
  item: (stream, item) =>
    toPage({ jsonrpc: "2.0", method: "$/stream", params: { id: stream, seq: 0, item } }),
  frame: (stream, frame) => toPage({ frame, stream, seq: 0 }),
};

const scenario = scenarios[settings.view](host);

window.acquireVsCodeApi = () => ({
  postMessage(message) {
    const copy = structuredClone(message);
    window.sent.push(copy);
    setTimeout(() => receive(copy), settings.latencyMs ?? 0);
  },
  getState: () => window.state,
  setState: (state) => {
    window.state = structuredClone(state);
    if (settings.keeps === true) sessionStorage.setItem("state", JSON.stringify(state));
  },
});

function receive(message) {
  if (message.method === "view/ready") host.init(scenario.params);
  else if (message.method === "$/credit") scenario.credit?.(message.params);
  else if (message.method === "$/cancelRequest") scenario.cancel?.(message.params.id);
  else if (message.id !== undefined) scenario.request(message);
}

window.hostScenario = scenario;
window.host = host;
