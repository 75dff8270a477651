#include <cstdio>

#include "cli/flags.h"
#include "cli/json_lines.h"
#include "cli/report.h"
#include "sql/splitter.h"

namespace mydba::cli {
namespace {

rpc::Json ranges(std::string_view sql, const sql::Dialect& dialect) {
  rpc::Json list = rpc::Json::array();
  for (const auto& range : sql::split(sql, dialect)) list.push_back({range.start, range.end});
  return list;
}

void printStatements(std::string_view sql, const sql::Dialect& dialect) {
  for (const auto& range : sql::split(sql, dialect))
    std::printf("%zu-%zu %s\n", range.start, range.end,
                printable(sql.substr(range.start, range.end - range.start)).c_str());
}

}  // namespace

Exit sqlSplit(Arguments arguments) {
  constexpr Flag flags[] = {{"dialect", true}, {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("sql split", parsed.error(), false);
  const bool json = parsed->has("json");
  const std::string name = parsed->value("dialect").value_or("generic");
  const sql::Dialect* dialect = sql::findDialect(name);
  if (!dialect)
    return fail("sql split",
                {.code = ErrorCode::invalidParams,
                 .message = "unknown dialect \"" + name.substr(0, 40) + "\"",
                 .hint = "postgres, mysql, mariadb, sqlite, redis or generic"},
                json);
  if (parsed->has("jsonl"))
    return eachJsonLine([&](const rpc::Json& line) -> Result<rpc::Json> {
      const auto request = sqlLine(line, *dialect);
      if (!request) return request.error();
      return rpc::Json{{"ranges", ranges(request->sql, *request->dialect)}};
    });
  const auto text = readFile(parsed->positional.empty() ? "-" : parsed->positional[0]);
  if (!text) return fail("sql split", text.error(), json);
  if (json)
    printJson({{"ranges", ranges(*text, *dialect)}});
  else
    printStatements(*text, *dialect);
  return Exit::done;
}

}  // namespace mydba::cli
