export function processesScenario() {
  return { params: {}, request() {} };
}
