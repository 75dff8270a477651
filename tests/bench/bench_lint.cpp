// bench_lint [ROUNDS]: what all rules for SQL text cost (shape_costs.h). Its peer is sqlfluff,
// which sql.mjs runs as a program.

#include "advise/sql/lint.h"
#include "shape_costs.h"

int main(int argc, char** argv) {
  std::size_t found = 0;
  mydba::bench::printShapeCosts(
      argc, argv, [&found](const std::string& text, const mydba::sql::Dialect& dialect) {
        found += mydba::advise::lint(text, dialect).size();
      });
  return found == 0 ? 1 : 0;
}
