#include "engines/sqlite/variables.h"

#include <string>
#include <utility>
#include <vector>

#include "engines/sqlite/query.h"
#include "engines/variable_list.h"

namespace mydba::sqlite {
namespace {

using protocol::Variable;
using protocol::VariableChange;
using protocol::VariableScope;

std::optional<std::string> given(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// name, value, unit, initial, choices, where it is kept, whether it changes, description.
Variable pragmaIn(TextRow& row) {
  const bool inFile = row[5] == "file";
  Variable variable{.name = std::move(row[0]), .value = std::move(row[1])};
  variable.unit = given(std::move(row[2]));
  variable.initial = given(std::move(row[3]));
  if (!row[4].empty()) variable.choices = wordsOf(row[4]);
  variable.scope = inFile ? VariableScope::server : VariableScope::session;
  variable.changes = row[6] == "set" ? VariableChange::set : VariableChange::fixed;
  variable.source = std::move(row[5]);
  variable.description = given(std::move(row[7]));
  return variable;
}

/// `THREADSAFE=1`, or a word alone; the library leaves `SQLITE_` out (sqlite.org/compile.html).
Variable compileOption(std::string_view option) {
  const auto equals = option.find('=');
  Variable variable{.name = "SQLITE_" + std::string(option.substr(0, equals)),
                    .value = equals == option.npos ? "1" : std::string(option.substr(equals + 1))};
  variable.scope = VariableScope::server;
  variable.changes = VariableChange::fixed;
  variable.source = "compiled in";
  return variable;
}

}  // namespace

Result<protocol::VariableList> SqliteVariables::list(std::string_view part,
                                                     const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  const Session::Guard guard(session_, cancel);
  auto pragmas = readRows(session_, "variables", {}, {}, cancel);
  if (!pragmas) return pragmas.error();
  const auto options = readRows(session_, "compile_options", {}, {}, cancel);
  if (!options) return options.error();
  std::vector<Variable> all;
  for (TextRow& row : *pragmas) all.push_back(pragmaIn(row));
  for (const TextRow& row : *options) all.push_back(compileOption(row[0]));
  return variableList(std::move(all), part);
}

}  // namespace mydba::sqlite
