export function connectionScenario() {
  return { params: {}, request() {} };
}
