#include "engines/postgres/alter_impact.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "engines/postgres/definition.h"
#include "guard/online_ways.h"
#include "sql/keyword.h"
#include "sql/token_list.h"

namespace mydba::postgres {
namespace {

using Effect = guard::Dependants::Effect;

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

std::optional<std::int64_t> number(const Rows& rows, int column) {
  if (rows.isNull(0, column)) return std::nullopt;
  const std::string_view text = rows.view(0, column);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// A type with its modifiers: `numeric(10,2)` is `numeric`, 10, 2.
struct TypeShape {
  std::string name;
  std::vector<int> modifiers;
};

TypeShape shapeOf(std::string_view type) {
  const auto open = std::min(type.find('('), type.size());
  TypeShape shape{.name = sql::lowerCase(std::string(type.substr(0, open))), .modifiers = {}};
  while (shape.name.ends_with(' ')) shape.name.pop_back();
  for (auto at = open; at < type.size() && type[at] != ')';) {
    int value = 0;
    const auto read = std::from_chars(type.data() + ++at, type.data() + type.size(), value);
    if (read.ec == std::errc()) shape.modifiers.push_back(value);
    at = static_cast<std::size_t>(read.ptr - type.data());
    while (at < type.size() && type[at] != ',' && type[at] != ')') ++at;
  }
  return shape;
}

/// True when every value of a type with modifiers `from` is one with `to`: longer, or unlimited.
bool widens(const TypeShape& from, const TypeShape& to) {
  if (to.modifiers == from.modifiers || to.modifiers.empty()) return true;
  if (from.modifiers.size() != to.modifiers.size()) return false;
  if (from.name == "numeric")
    return to.modifiers[0] >= from.modifiers[0] &&
           (to.modifiers.size() < 2 || to.modifiers[1] == from.modifiers[1]);
  const bool length = from.name == "character varying" || from.name == "bit varying";
  return length && to.modifiers[0] >= from.modifiers[0];
}

}  // namespace

bool hasWord(std::string_view text, std::string_view upper) {
  const sql::TokenList tokens(text, dialect());
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens.isWord(at, upper)) return true;
  return false;
}

Result<std::optional<Relation>> findRelation(Probe& probe, const std::string& name) {
  const auto rows = probe.ask("preflight_relation", {name});
  if (!rows) return rows.error();
  if (rows->count() == 0) return std::optional<Relation>();
  return std::optional(Relation{.oid = rows->text(0, 0),
                                .kind = rows->view(0, 1).front(),
                                .name = rows->text(0, 2),
                                .indexed = rows->text(0, 5),
                                .rows = number(*rows, 3),
                                .bytes = number(*rows, 4)});
}

void addDependants(Probe& probe, const ObjectReference& object, bool cascade,
                   guard::Impact& impact) {
  const std::string question = "What depends on " + object.name;
  const auto found = probe.ask("preflight_object", {object.type, object.name, object.column});
  if (!found) return impact.addUnknown(question, found.error());
  if (found->count() == 0) return;
  const auto rows =
      probe.ask("preflight_dependants", {found->text(0, 0), found->text(0, 1), found->text(0, 2)});
  if (!rows) return impact.addUnknown(question, rows.error());
  for (int row = 0; row < rows->count(); ++row)
    impact.addDependant(cascade ? Effect::isDropped : Effect::refuses, rows->view(row, 0),
                        rows->text(row, 1));
}

void AlterImpact::add(const Relation& table, bool cascade, guard::Impact& impact) {
  const auto& facts = guard::LockFacts::of(dialect());
  // One statement takes the strongest lock that one of its actions needs, once.
  std::optional<guard::TableLock> strongest;
  std::optional<guard::TableWork::Kind> work;
  const auto strength = [](const guard::TableLock& lock) {
    return (lock.blocksReads ? 4 : 0) + (lock.blocksWrites ? 2 : 0) + (lock.brief ? 0 : 1);
  };
  for (const sql::Alteration& action : written_.actions) {
    const std::string variant = variantOf(action);
    if (action.operation == "drop_column")
      addDependants(probe_, {"table", written_.objects[0].text, action.name.text}, cascade, impact);
    const auto* fact = facts.find(action.operation, variant, version_);
    if (!fact) continue;
    auto lock = fact->lockOf(table.name);
    // What is brief by itself lasts as long as the rest of the statement.
    const bool brief = lock.brief && (!strongest || strongest->brief);
    if (!strongest || strength(lock) > strength(*strongest)) strongest = std::move(lock);
    strongest->brief = brief;
    if (fact->work && (!work || *fact->work > *work)) work = fact->work;
    if (written_.actions.size() == 1) offer(action, variant, impact);
  }
  if (strongest) impact.locks.push_back(std::move(*strongest));
  if (work) impact.work.push_back({.table = table.name, .kind = *work});
}

std::string AlterImpact::variantOf(const sql::Alteration& action) {
  const std::string& operation = action.operation;
  if (action.notValid) return "not_valid";
  if (action.usingIndex) return "using_index";
  if (action.concurrently) return "concurrently";
  if (operation == "add_column") return variantOfAddColumn(action);
  if (operation == "set_type" && keepsType(action)) return "same";
  if (operation == "set_not_null" && provedNotNull(action)) return "proved";
  return "";
}

std::string AlterImpact::variantOfAddColumn(const sql::Alteration& action) {
  // A virtual column (version 18) stores nothing.
  const bool computed = action.generated && (action.stored || version_ < 180000 ||
                                             !hasWord(action.range.of(text_), "AS") ||
                                             hasWord(action.range.of(text_), "IDENTITY"));
  if (computed) return "rewrite";
  if (!action.expression.empty() && isVolatile(action.expression.of(text_))) return "rewrite";
  if (action.unique) return "index";
  return action.check ? "scan" : "";
}

bool AlterImpact::isVolatile(std::string_view expression) {
  const nlohmann::json names = sql::namesIn(expression, dialect());
  const auto rows = probe_.ask(
      "preflight_volatile", {names.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)});
  // Not knowing, the worse is said.
  return !rows || rows->truth(0, 0);
}

bool AlterImpact::keepsType(const sql::Alteration& action) {
  if (hasWord(action.range.of(text_), "USING")) return false;
  const auto rows = probe_.ask("preflight_column",
                               {written_.objects[0].text, action.name.text, action.newName.text});
  if (!rows || rows->count() == 0) return false;
  const TypeShape from = shapeOf(rows->view(0, 0));
  const TypeShape to = shapeOf(action.newName.text);
  // A binary cast costs nothing, as long as no modifier shortens what is there.
  return rows->truth(0, 1) ? widens(from, to) : rows->truth(0, 2) && to.modifiers.empty();
}

bool AlterImpact::provedNotNull(const sql::Alteration& action) {
  const auto rows =
      probe_.ask("preflight_column", {written_.objects[0].text, action.name.text, ""});
  return rows && rows->count() > 0 && rows->truth(0, 3);
}

void AlterImpact::offer(const sql::Alteration& action, std::string_view variant,
                        guard::Impact& impact) const {
  const std::string& operation = action.operation;
  if ((operation == "add_foreign_key" || operation == "add_check") && variant.empty())
    offerNotValid(action, impact);
  if ((operation == "add_unique" || operation == "add_primary_key") && variant.empty())
    offerUniqueIndex(action, impact);
  if (operation == "set_not_null" && variant.empty()) offerNotNull(action, impact);
  if (operation == "detach_partition" && variant.empty())
    impact.alternatives.push_back(
        {.title = "Detach the partition without blocking reads and writes",
         .command = std::string(text_) + " CONCURRENTLY",
         .shell = false});
}

void AlterImpact::offerNotValid(const sql::Alteration& action, guard::Impact& impact) const {
  if (action.name.empty()) return;
  const std::string head(text_.substr(0, action.range.end));
  impact.alternatives.push_back(
      {.title = "Add it without checking the rows, then check them without blocking writes",
       .command = head + " NOT VALID;\nALTER TABLE " + written_.objects[0].text +
                  " VALIDATE CONSTRAINT " + action.name.text,
       .shell = false});
}

void AlterImpact::offerUniqueIndex(const sql::Alteration& action, guard::Impact& impact) const {
  const std::string_view range = action.range.of(text_);
  const auto members = range.find('(');
  if (action.name.empty() || members == range.npos) return;
  const std::string& table = written_.objects[0].text;
  const std::string kind = action.operation == "add_unique" ? "UNIQUE" : "PRIMARY KEY";
  impact.alternatives.push_back({.title = "Build its index first, without blocking writes",
                                 .command = "CREATE UNIQUE INDEX CONCURRENTLY " + action.name.text +
                                            " ON " + table + " " +
                                            std::string(range.substr(members)) + ";\nALTER TABLE " +
                                            table + " ADD CONSTRAINT " + action.name.text + " " +
                                            kind + " USING INDEX " + action.name.text,
                                 .shell = false});
}

void AlterImpact::offerNotNull(const sql::Alteration& action, guard::Impact& impact) const {
  const std::string alter = "ALTER TABLE " + written_.objects[0].text + " ";
  const std::string check = postgres::quoteName(action.name.value + "_not_null");
  impact.alternatives.push_back({.title = "Prove it by a constraint first, without blocking writes",
                                 .command = alter + "ADD CONSTRAINT " + check + " CHECK (" +
                                            action.name.text + " IS NOT NULL) NOT VALID;\n" +
                                            alter + "VALIDATE CONSTRAINT " + check + ";\n" + alter +
                                            "ALTER COLUMN " + action.name.text +
                                            " SET NOT NULL;\n" + alter + "DROP CONSTRAINT " + check,
                                 .shell = false});
}

}  // namespace mydba::postgres
