#include "cli/sql_text.h"
#include "sql/anonymize.h"

namespace mydba::cli {
namespace {

rpc::Json answer(const SqlLine& line, const ParsedArguments& arguments) {
  const sql::Names names = arguments.has("template") ? sql::Names::tag : sql::Names::keep;
  return {{"sql", sql::anonymize(line.sql, *line.dialect, names)}};
}

void print(const SqlLine&, const rpc::Json& answer) { printLines(answer["sql"]); }

}  // namespace

Exit sqlAnonymize(Arguments arguments) {
  static constexpr Flag flags[] = {{"template", false}};
  return runSqlCommand({.name = "sql anonymize", .answer = answer, .print = print, .flags = flags},
                       arguments);
}

}  // namespace mydba::cli
