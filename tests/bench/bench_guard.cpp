// bench_guard [ROUNDS]: what the guard's judgement costs (shape_costs.h).

#include "guard/judge.h"
#include "shape_costs.h"

int main(int argc, char** argv) {
  const mydba::guard::Policy policy{.environment = mydba::guard::Environment::prod};
  int risk = 0;
  mydba::bench::printShapeCosts(
      argc, argv, [&](const std::string& text, const mydba::sql::Dialect& dialect) {
        risk += static_cast<int>(mydba::guard::judge(text, dialect, policy).risk);
      });
  return risk == -1 ? 1 : 0;
}
