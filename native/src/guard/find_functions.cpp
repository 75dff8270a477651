#include "guard/examine.h"
#include "sql/keyword.h"

namespace mydba::guard {
namespace {

bool startsQuoted(std::string_view text, std::size_t position) {
  return position < text.size() && (text[position] == '"' || text[position] == '`');
}

bool hasUpperCase(std::string_view name) {
  for (const char c : name)
    if (c >= 'A' && c <= 'Z') return true;
  return false;
}

/// What is known of a function, or null. A schema names somebody's own function, unless it is the
/// server's. A quoted name keeps its case, so that "Lower" is not lower().
const Check* effectOf(const Subject& subject, const sql::ObjectName& function) {
  if (!function.schema.empty() && !subject.knowledge.find("builtin_schema", function.schema)) {
    // What harms without its schema harms with it: an extension may live in any.
    const Check* effect = subject.knowledge.find("function", function.name);
    return effect && effect->nature >= Nature::change ? effect : nullptr;
  }
  if (startsQuoted(subject.text, function.position) && hasUpperCase(function.name)) return nullptr;
  if (const Check* effect = subject.knowledge.find("function", function.name)) return effect;
  // SQLite shows a pragma that only tells as a table: SELECT * FROM pragma_table_info('t').
  constexpr std::string_view prefix = "PRAGMA_";
  if (!sql::isKeyword(function.name.substr(0, prefix.size()), prefix)) return nullptr;
  const Check* effect = subject.knowledge.find("pragma", function.name.substr(prefix.size()));
  return effect && effect->id == "read" ? effect : nullptr;
}

}  // namespace

void findFunctions(const Subject& subject, Findings& out) {
  for (const auto& use : subject.statement.functions) {
    const std::string name = use.function.schema.empty()
                                 ? use.function.name
                                 : use.function.schema + "." + use.function.name;
    const Check* effect = effectOf(subject, use.function);
    out.add(effect ? *effect : *findCheck("unproven-function"), name + "()", use.function.position);
  }
}

}  // namespace mydba::guard
