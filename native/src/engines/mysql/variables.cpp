#include "engines/mysql/variables.h"

#include <map>
#include <utility>

#include "base/embedded.h"
#include "engines/mysql/account.h"
#include "engines/setting_facts.h"
#include "engines/variable_list.h"

namespace mydba::mysql {
namespace {

using protocol::Variable;
using protocol::VariableChange;
using protocol::VariableScope;

constexpr std::string_view showVariables = "SHOW SESSION VARIABLES";

SettingFacts factsOf(std::string_view name) {
  static const SettingBook book(embeddedFile("native/src/engines/mysql/data/settings.txt"));
  return book.find(name);
}

VariableScope scopeOf(const Row::value_type& cell, const SettingFacts& facts) {
  if (cell) return *cell == "server" ? VariableScope::server : VariableScope::session;
  return facts.ofServer ? VariableScope::server : VariableScope::session;
}

VariableChange changeOf(const Row::value_type& cell, const SettingFacts& facts) {
  if (!cell) return facts.changes.value_or(VariableChange::set);
  if (*cell == "fixed") return VariableChange::fixed;
  return *cell == "restart" ? VariableChange::restart : VariableChange::set;
}

std::vector<std::string> choicesIn(std::string_view text) {
  std::vector<std::string> choices;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    choices.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return choices;
}

/// The columns of variables_*.sql.
Variable variableIn(const Row& row) {
  const SettingFacts facts = factsOf(row[0].value_or(""));
  Variable variable{.name = row[0].value_or(""), .value = row[1].value_or("")};
  if (!facts.unit.empty()) variable.unit = std::string(facts.unit);
  variable.minimum = row[2];
  variable.maximum = row[3];
  if (row[4] && !row[4]->empty()) variable.choices = choicesIn(*row[4]);
  variable.scope = scopeOf(row[5], facts);
  variable.changes = changeOf(row[6], facts);
  variable.source = row[7];
  variable.initial = row[8];
  variable.pending = row[9] == "1";
  variable.description = row[10];
  return variable;
}

class MysqlVariables final : public Variables {
 public:
  explicit MysqlVariables(Session& session) : session_(session) {}

  Result<protocol::VariableList> list(std::string_view part, const CancelToken& cancel) override {
    const auto rows = session_.query(embeddedSql("mysql", session_.flavour().variablesSql), cancel);
    if (!rows && rows.error().code == ErrorCode::server)
      return shown(part, rows.error().message, cancel);
    if (!rows) return rows.error();
    std::vector<Variable> all;
    for (const Row& row : *rows) all.push_back(variableIn(row));
    if (const auto described = describe(all, cancel); !described) return described.error();
    return variableList(std::move(all), part);
  }

 private:
  /// Names and values alone, for a server whose tables cannot be read.
  Result<protocol::VariableList> shown(std::string_view part, std::string why,
                                       const CancelToken& cancel) {
    const auto rows = session_.query(showVariables, cancel);
    if (!rows) return rows.error();
    std::vector<Variable> all;
    for (Row row : *rows) {
      row.resize(11);
      all.push_back(variableIn(row));
    }
    auto list = variableList(std::move(all), part);
    list.unavailable = {
        .what = "Ranges, sources and initial values",
        .reason = std::move(why),
        .fix = "GRANT SELECT ON performance_schema.* TO " + accountOf(session_.server())};
    return list;
  }

  /// Where the server has texts beside the table of values.
  Result<void> describe(std::vector<Variable>& all, const CancelToken& cancel) {
    const std::string_view texts = session_.flavour().variableTextsSql;
    if (texts.empty()) return {};
    const auto rows = session_.query(embeddedSql("mysql", texts), cancel);
    // A server before 9.0 does not have the table.
    if (!rows && rows.error().code == ErrorCode::server) return {};
    if (!rows) return rows.error();
    std::map<std::string_view, const Row*> known;
    for (const Row& row : *rows) known.emplace(*row[0], &row);
    for (Variable& variable : all) {
      const auto found = known.find(variable.name);
      if (found == known.end()) continue;
      variable.scope = scopeOf((*found->second)[1], {});
      variable.description = (*found->second)[2];
    }
    return {};
  }

  Session& session_;
};

}  // namespace

std::unique_ptr<Variables> makeVariables(Session& session) {
  return std::make_unique<MysqlVariables>(session);
}

}  // namespace mydba::mysql
