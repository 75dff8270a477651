#include <map>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    std::map<std::pair<std::string, std::string>, bool> seen;
    for (const auto& assignment : query.assignments)
      for (const ExprId column : assignment.columns) {
        const std::string name = subject.column(column);
        if (name.empty() || subject.tokens().isSymbol(subject.at(column).tokens.end, '[')) continue;
        if (!seen.emplace(std::pair(subject.qualifier(column), name), true).second)
          report.add(column, "The column is set twice: only one of the values stays");
      }
    std::map<std::string, bool> listed;
    for (const std::uint32_t column : query.columns)
      if (!listed.emplace(subject.name(column), true).second)
        report.addToken(column, "The column stands twice in the list");
  }
}

}  // namespace

extern const SqlRule duplicateAssignmentRule;
const SqlRule duplicateAssignmentRule{
    .id = "duplicate-assignment", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
