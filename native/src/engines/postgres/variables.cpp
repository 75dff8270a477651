#include "engines/postgres/variables.h"

#include <string>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "engines/variable_list.h"

namespace mydba::postgres {
namespace {

using protocol::Variable;
using protocol::VariableChange;
using protocol::VariableScope;

/// pg_settings.context (manual, "pg_settings"). A `backend` setting is read when a session begins,
/// so what the configuration says of it holds for the sessions after a reload.
VariableChange changeOf(std::string_view context) {
  if (context == "internal") return VariableChange::fixed;
  if (context == "postmaster") return VariableChange::restart;
  if (context == "user" || context == "superuser") return VariableChange::set;
  return VariableChange::reload;
}

VariableScope scopeOf(std::string_view context) {
  const bool ofServer = context == "internal" || context == "postmaster" || context == "sighup";
  return ofServer ? VariableScope::server : VariableScope::session;
}

std::vector<std::string> linesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Variable variableIn(const Rows& rows, int row) {
  const auto given = [&](const char* column) {
    const int at = rows.column(column);
    return rows.isNull(row, at) ? std::nullopt : std::optional(rows.text(row, at));
  };
  const std::string context = given("context").value_or("");
  Variable variable{.name = given("name").value_or(""), .value = given("setting").value_or("")};
  variable.unit = given("unit");
  variable.initial = given("boot_val");
  variable.minimum = given("min_val");
  variable.maximum = given("max_val");
  if (const auto choices = given("choices")) variable.choices = linesOf(*choices);
  variable.scope = scopeOf(context);
  variable.changes = changeOf(context);
  variable.source = given("source");
  variable.pending = rows.truth(row, rows.column("pending_restart"));
  variable.description = given("short_desc");
  return variable;
}

}  // namespace

// Not inside a transaction of our own: that would be what transaction_read_only tells of.
Result<protocol::VariableList> PostgresVariables::list(std::string_view part,
                                                       const CancelToken& cancel) {
  const auto rows = session_.query(embeddedSql("postgres", "variables"), {}, cancel);
  if (!rows) return rows.error();
  std::vector<Variable> all;
  for (int row = 0; row < rows->count(); ++row) all.push_back(variableIn(*rows, row));
  auto list = variableList(std::move(all), part);
  const auto rights = session_.query(embeddedSql("postgres", "variables_rights"), {}, cancel);
  if (!rights) return rights.error();
  if (!rights->truth(0, 0))
    list.unavailable = {.what = "Settings that only superusers see",
                        .reason = "this role is no member of pg_read_all_settings",
                        .fix = "GRANT pg_read_all_settings TO " + rights->text(0, 1)};
  return list;
}

}  // namespace mydba::postgres
