#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

bool isPlain(std::string_view name) {
  for (const char c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
          c == '$'))
      return false;
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9');
}

void check(const Subject& subject, Report& report) {
  const auto see = [&](std::size_t token) {
    if (!isPlain(subject.tokens().value(token)))
      report.addToken(token,
                      "The name has blanks, signs or letters beyond ASCII: tools, dumps and "
                      "people stumble over it");
  };
  for (const auto& column : subject.outline().columns()) see(column.name);
  const Range table = subject.outline().createdTable();
  if (table.size() > 0) see(sql::lastToken(table));
}

}  // namespace

extern const SqlRule oddNameRule;
const SqlRule oddNameRule{.id = "odd-name", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
