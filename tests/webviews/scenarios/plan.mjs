export function planScenario() {
  return { params: {}, request() {} };
}
