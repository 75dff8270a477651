#include "guard/phrase.h"

#include <algorithm>

#include "sql/statement.h"

namespace mydba::guard {
namespace {

/// Longer names, and those with control characters in them, are nothing to ask somebody for.
constexpr std::size_t longestTyped = 64;

bool canBeTyped(std::string_view name) {
  return !name.empty() && name.size() <= longestTyped &&
         std::none_of(name.begin(), name.end(),
                      [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

std::string objectOf(const sql::Statement& statement) {
  if (statement.definition && !statement.definition->objects.empty())
    return statement.definition->objects.front().name;
  for (const sql::TableUse& use : statement.tables)
    if (use.written) return use.table.name;
  return {};
}

}  // namespace

std::string phrase(std::string_view statement, const sql::Dialect& dialect,
                   std::string_view connectionName) {
  std::string object = objectOf(sql::readStatement(statement, dialect));
  if (canBeTyped(object)) return object;
  return canBeTyped(connectionName) ? std::string(connectionName) : "run";
}

}  // namespace mydba::guard
