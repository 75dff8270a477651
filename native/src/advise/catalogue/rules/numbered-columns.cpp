#include <charconv>
#include <map>
#include <utility>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

constexpr std::size_t fewest = 3;

/// `phone` and 2 of `phone_2`.
std::optional<std::pair<std::string, int>> takeApart(const std::string& name) {
  const auto last = name.find_last_not_of("0123456789");
  int number = 0;
  if (last == name.npos || last + 1 == name.size() ||
      std::from_chars(&name[last + 1], name.data() + name.size(), number).ec != std::errc{})
    return std::nullopt;
  return std::pair(name.substr(0, name[last] == '_' ? last : last + 1), number);
}

/// Those that are counted through, from 0 or 1: sha1, sha256 and sha512 are no list.
std::vector<std::string> counted(const std::map<int, std::string>& columns) {
  std::vector<std::string> names;
  int next = columns.begin()->first;
  if (next > 1) return names;
  for (const auto& [number, name] : columns) {
    if (number != next++) break;
    names.push_back(name);
  }
  return names;
}

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  std::map<std::pair<std::string, std::string>, std::map<int, std::string>> groups;
  for (const ColumnFacts& column : table.columns)
    if (const auto parts = takeApart(column.name))
      groups[{parts->first, column.type}].emplace(parts->second, column.name);
  for (const auto& [group, columns] : groups)
    if (const auto names = counted(columns); names.size() >= fewest)
      report.add(names[0],
                 "A list in columns (" + listed(names) +
                     "): a search asks each of them, and there is no next one. Make a table "
                     "with one row a member");
}

}  // namespace

extern const TableRule numberedColumnsRule;
const TableRule numberedColumnsRule{
    .id = "numbered-columns", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
