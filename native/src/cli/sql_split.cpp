#include <cstdio>

#include "cli/report.h"
#include "cli/sql_text.h"
#include "sql/splitter.h"

namespace mydba::cli {
namespace {

rpc::Json answer(const SqlLine& line, const ParsedArguments&) {
  rpc::Json list = rpc::Json::array();
  for (const auto& range : sql::split(line.sql, *line.dialect))
    list.push_back({range.start, range.end});
  return {{"ranges", list}};
}

void print(const SqlLine& line, const rpc::Json&) {
  for (const auto& range : sql::split(line.sql, *line.dialect))
    std::printf("%zu-%zu %s\n", range.start, range.end,
                printable(line.sql.substr(range.start, range.end - range.start)).c_str());
}

}  // namespace

Exit sqlSplit(Arguments arguments) {
  return runSqlCommand({.name = "sql split", .answer = answer, .print = print}, arguments);
}

}  // namespace mydba::cli
