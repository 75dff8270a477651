#include "cli/sql_text.h"
#include "plan/fill.h"

namespace mydba::cli {
namespace {

rpc::Json answer(const SqlLine& line, const ParsedArguments&) {
  const auto filled = plan::fillPlaceholders(line.sql, *line.dialect);
  return {{"sql", filled.sql}, {"parameters", filled.parameters}};
}

void print(const SqlLine&, const rpc::Json& answer) { printLines(answer["sql"]); }

}  // namespace

Exit sqlFill(Arguments arguments) {
  return runSqlCommand({.name = "sql fill", .answer = answer, .print = print, .flags = {}},
                       arguments);
}

}  // namespace mydba::cli
