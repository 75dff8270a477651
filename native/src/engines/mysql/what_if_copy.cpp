#include "engines/mysql/what_if_copy.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/embedded.h"
#include "engines/mysql/statement.h"
#include "engines/mysql/what_if_scratch.h"
#include "engines/mysql/what_if_table.h"
#include "engines/mysql/what_if_text.h"
#include "plan/shape.h"

namespace mydba::mysql {
namespace {

/// For copying: values as they are, old zero dates included; no lock on a row that is read.
constexpr std::array<std::string_view, 6> copySettings = {
    "SET SESSION autocommit = 1",         "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
    "SET SESSION foreign_key_checks = 0", "SET SESSION unique_checks = 0",
    "SET SESSION lock_wait_timeout = 5",  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"};

constexpr std::array<std::string_view, 4> systemDatabases = {"mysql", "sys", "performance_schema",
                                                             "information_schema"};

class Trial {
 public:
  Trial(Session& user, Session& own, std::string_view text, const CancelToken& cancel)
      : user_(user),
        own_(own),
        dialect_(*sql::findDialect(own.flavour().id)),
        text_(text),
        statement_(sql::readStatement(text, dialect_)),
        cancel_(cancel) {}

  Result<WhatIfPlans> run(std::span<const sql::IndexWish> wishes) {
    auto left = leftovers(own_, cancel_);
    if (!left) return left.error();
    plans_.notices = std::move(*left);
    if (const auto set = copyPlannerSettings(user_, own_, cancel_); !set) return set.error();
    auto today = planAs(own_, text_, text_, {}, cancel_);
    if (!today) return today.error();
    const auto name = claimName(own_, cancel_);
    if (!name) return name.error();
    Scratch scratch(own_, *name);
    auto planned = copyAndPlan(scratch, wishes, plan::shapeOf(*today));
    const auto aliases = scratch.aliases();
    const auto dropped = scratch.drop();
    if (!planned) {
      Error error = planned.error();
      error.message = withRealNames(std::move(error.message), aliases);
      if (!dropped) error.hint = dropped.error().hint;
      return error;
    }
    if (!dropped) return dropped.error();
    return planned;
  }

 private:
  Result<WhatIfPlans> copyAndPlan(Scratch& scratch, std::span<const sql::IndexWish> wishes,
                                  const std::string& todaysShape) {
    if (const auto copied = copyTables(scratch, wishes); !copied) return copied.error();
    if (const auto set = copyPlannerSettings(user_, own_, cancel_); !set) return set.error();
    const auto functions = ownFunctions();
    if (!functions) return functions.error();
    const auto text = retargeted(text_, statement_, dialect_, scratch.databases(), *functions);
    auto before = planAs(own_, text_, text, scratch.aliases(), cancel_);
    if (!before) return before.error();
    if (plan::shapeOf(*before) != todaysShape)
      plans_.notices.push_back(
          "The copy in which this was planned plans the statement otherwise than the server does "
          "today: the prediction is not certain.");
    if (const auto made = createAll(wishes); !made) return made.error();
    auto after = planAs(own_, text_, text, scratch.aliases(), cancel_);
    if (!after) return after.error();
    plans_.before = std::move(*before);
    plans_.after = std::move(*after);
    for (const TableCopy& table : tables_)
      plans_.notices.insert(plans_.notices.end(), table.notices().begin(), table.notices().end());
    return std::move(plans_);
  }

  Result<void> copyTables(Scratch& scratch, std::span<const sql::IndexWish> wishes) {
    auto current = own_.database(cancel_);
    if (!current) return current.error();
    database_ = std::move(*current);
    auto tables = tablesOf(own_, statement_, database_, cancel_);
    if (!tables) return tables.error();
    for (const TableFacts& table : *tables)
      if (const auto fits = canCopy(table); !fits) return fits;
    for (const sql::IndexWish& wish : wishes)
      if (const auto known = isOn(wish, *tables); !known) return known;
    for (const auto setting : copySettings)
      if (const auto set = own_.query(setting, cancel_); !set) return set.error();
    const auto hidden = withoutReplicating(own_, cancel_);
    if (!hidden) return hidden.error();
    if (!*hidden)
      plans_.notices.push_back(
          "The scratch database was replicated: this account may not keep "
          "statements out of the binary log.");
    for (TableFacts& table : *tables) {
      if (const auto made = scratch.create(table.database, cancel_); !made) return made;
      tables_.emplace_back(own_, table, scratch.databases().at(table.database));
      if (const auto made = tables_.back().make(cancel_); !made) return made;
    }
    const auto here = scratch.databases().find(database_);
    if (here == scratch.databases().end()) return {};
    return own_.execute("USE " + quoteName(here->second), cancel_);
  }

  static Result<void> canCopy(const TableFacts& table) {
    const bool system = std::find(systemDatabases.begin(), systemDatabases.end(), table.database) !=
                        systemDatabases.end();
    if (system || table.type == "SYSTEM VIEW")
      return Error{.code = ErrorCode::unsupported,
                   .message = table.name + " is the server's own and is not copied"};
    if (table.type == "VIEW")
      return Error{.code = ErrorCode::unsupported,
                   .message = table.name + " is a view, and only tables are copied",
                   .hint = "try the statement with the view's own SELECT in its place"};
    return {};
  }

  const TableFacts* find(const sql::ObjectName& name, std::span<const TableFacts> tables) const {
    const auto& database = name.schema.empty() ? database_ : name.schema;
    const auto found = std::find_if(tables.begin(), tables.end(), [&](const TableFacts& table) {
      return table.database == database && table.name == name.name;
    });
    return found == tables.end() ? nullptr : &*found;
  }

  Result<void> isOn(const sql::IndexWish& wish, std::span<const TableFacts> tables) const {
    if (find(wish.table(), tables)) return {};
    return Error{.code = ErrorCode::invalidParams,
                 .message = "the statement does not read " + wish.table().name +
                            ", for which an index was asked"};
  }

  Result<void> createAll(std::span<const sql::IndexWish> wishes) {
    for (const sql::IndexWish& wish : wishes) {
      const auto parts = partsOf(wish, dialect_);
      if (!parts) return parts.error();
      const auto table = std::find_if(tables_.begin(), tables_.end(), [&](const TableCopy& copy) {
        return find(wish.table(), std::span(&copy.real(), 1)) != nullptr;
      });
      const auto made = own_.query(createIndex(*parts, wish.name(), table->name(), ""), cancel_);
      if (!made) return made.error();
      if (const auto corrected = table->correct(wish.name(), cancel_); !corrected) return corrected;
      const auto bytes = table->size(wish.name(), cancel_);
      if (!bytes) return bytes.error();
      plans_.indexes.push_back(
          {.sql = wish.text(), .name = wish.name(), .used = false, .bytes = *bytes});
    }
    return {};
  }

  /// Those of the database, which a statement in another one has to name it for.
  Result<OwnFunctions> ownFunctions() {
    OwnFunctions functions{.database = database_, .names = {}};
    if (statement_.functions.empty()) return functions;
    const auto rows = own_.query(embeddedSql("mysql", "what_if_functions"), {database_}, cancel_);
    if (!rows) return rows.error();
    for (const Row& row : *rows) functions.names.insert(row[0].value_or(""));
    return functions;
  }

  Session& user_;
  Session& own_;
  const sql::Dialect& dialect_;
  std::string_view text_;
  sql::Statement statement_;
  const CancelToken& cancel_;
  std::string database_;
  std::vector<TableCopy> tables_;
  WhatIfPlans plans_;
};

}  // namespace

Result<WhatIfPlans> planInCopy(Session& user, Session& own, std::string_view text,
                               std::span<const sql::IndexWish> wishes, const CancelToken& cancel) {
  return Trial(user, own, text, cancel).run(wishes);
}

}  // namespace mydba::mysql
