#include <algorithm>
#include <cctype>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

/// Letters beyond ASCII are letters for every server.
bool isPlain(const std::string& name, const sql::Dialect& dialect) {
  const auto plain = [&](unsigned char c) {
    return c == '_' || c == '$' || c >= 0x80 || std::islower(c) || std::isdigit(c) ||
           (dialect.quotedNamesFold && std::isupper(c));
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), plain) &&
         !std::isdigit(static_cast<unsigned char>(name[0]));
}

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  std::vector<std::string> names;
  if (table.reservedName || !isPlain(table.name, *all.dialect)) names.push_back(table.name);
  for (const ColumnFacts& column : table.columns)
    if (column.reservedName || !isPlain(column.name, *all.dialect)) names.push_back(column.name);
  if (names.empty()) return;
  report.add("", listed(names) + (names.size() == 1 ? " needs" : " need") +
                     " quotes in every statement: capitals, blanks, signs or a reserved word");
}

}  // namespace

extern const TableRule nameNeedsQuotesRule;
const TableRule nameNeedsQuotesRule{
    .id = "name-needs-quotes", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
