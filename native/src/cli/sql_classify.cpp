#include <cstdio>
#include <set>
#include <string>

#include "cli/report.h"
#include "cli/sql_text.h"
#include "guard/judge.h"
#include "sql/splitter.h"
#include "sql/statement.h"

namespace mydba::cli {
namespace {

std::string spelled(const sql::ObjectName& name) {
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

/// Each table once, in order of appearance.
rpc::Json tablesOf(const sql::Statement& statement) {
  rpc::Json list = rpc::Json::array();
  std::set<std::string> seen;
  for (const sql::TableUse& use : statement.tables)
    if (seen.insert(spelled(use.table)).second) list.push_back(spelled(use.table));
  return list;
}

rpc::Json answer(const SqlLine& line, const ParsedArguments&) {
  rpc::Json list = rpc::Json::array();
  for (const sql::StatementRange& range : sql::split(line.sql, *line.dialect)) {
    const std::string_view text =
        std::string_view(line.sql).substr(range.start, range.end - range.start);
    const sql::Statement statement = sql::readStatement(text, *line.dialect);
    // What functions do, only the guard knows.
    const guard::Verdict verdict = guard::judgeStatement(text, *line.dialect, {});
    list.push_back({{"kind", statement.kindName},
                    {"destructive", verdict.destructive},
                    {"readOnly", verdict.readOnly},
                    {"hasWhere", statement.hasWhere},
                    {"tables", tablesOf(statement)},
                    {"start", range.start},
                    {"end", range.end}});
  }
  return {{"statements", list}};
}

void print(const SqlLine&, const rpc::Json& answer) {
  std::vector<std::vector<std::string>> rows = {{"kind", "effect", "where", "tables", "bytes"}};
  for (const rpc::Json& statement : answer["statements"]) {
    std::string tables;
    for (const rpc::Json& table : statement["tables"])
      tables += (tables.empty() ? "" : ", ") + table.get<std::string>();
    const char* effect = statement["destructive"] ? "destroys"
                         : statement["readOnly"]  ? "reads"
                                                  : "changes";
    rows.push_back({statement["kind"].get<std::string>(), effect,
                    statement["hasWhere"] ? "yes" : "no", tables,
                    std::to_string(statement["start"].get<std::size_t>()) + "-" +
                        std::to_string(statement["end"].get<std::size_t>())});
  }
  printColumns(rows);
}

}  // namespace

Exit sqlClassify(Arguments arguments) {
  return runSqlCommand({.name = "sql classify", .answer = answer, .print = print}, arguments);
}

}  // namespace mydba::cli
