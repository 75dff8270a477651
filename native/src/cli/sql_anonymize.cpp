#include <algorithm>
#include <cstdio>

#include "cli/report.h"
#include "cli/sql_text.h"
#include "sql/anonymize.h"

namespace mydba::cli {
namespace {

rpc::Json answer(const SqlLine& line, const ParsedArguments& arguments) {
  const sql::Names names = arguments.has("template") ? sql::Names::tag : sql::Names::keep;
  return {{"sql", sql::anonymize(line.sql, *line.dialect, names)}};
}

/// Line ends are the text's own; other control characters must not reach a terminal.
void print(const SqlLine&, const rpc::Json& answer) {
  const auto text = answer["sql"].get<std::string>();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::puts(printable(text.substr(at, end - at)).c_str());
    at = end + 1;
  }
}

}  // namespace

Exit sqlAnonymize(Arguments arguments) {
  static constexpr Flag flags[] = {{"template", false}};
  return runSqlCommand({.name = "sql anonymize", .answer = answer, .print = print, .flags = flags},
                       arguments);
}

}  // namespace mydba::cli
