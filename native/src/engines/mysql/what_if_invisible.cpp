// Indexes that only one session uses.
//
// MySQL keeps an INVISIBLE index up to date but leaves it out of plans, unless a session asks for
// it with optimizer_switch (MySQL manual, "Invisible Indexes"). The index is real: it takes disk,
// time and a metadata lock on the table at the beginning and at the end, for which statements that
// come after queue up. So the wait for it is a second and then given up. Dropping needs the lock
// too; it is tried for half a minute, with pauses in which others get their turn.
//
// A unique index is refused: it would refuse other people's rows as long as it is there.

#include "engines/mysql/what_if_invisible.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/embedded.h"
#include "base/wait.h"
#include "engines/mysql/statement.h"
#include "engines/mysql/what_if_text.h"

namespace mydba::mysql {
namespace {

constexpr std::string_view options = " INVISIBLE ALGORITHM = INPLACE LOCK = NONE";
constexpr int dropAttempts = 15;
constexpr std::chrono::seconds betweenAttempts{1};

constexpr std::array<std::string_view, 3> settings = {"SET SESSION autocommit = 1",
                                                      "SET SESSION lock_wait_timeout = 1",
                                                      "SET SESSION innodb_lock_wait_timeout = 1"};

/// Indexes that were made, and are gone when this is.
class Built {
 public:
  explicit Built(Session& own) : own_(own) {}
  Built(const Built&) = delete;
  Built& operator=(const Built&) = delete;
  ~Built() { static_cast<void>(drop()); }

  Result<void> create(const IndexParts& parts, const std::string& name, const std::string& table,
                      const CancelToken& cancel) {
    // Before it is asked for: a call that was cut off may have made it.
    drops_.push_back("DROP INDEX " + quoteName(name) + " ON " + table);
    const auto made = own_.query(createIndex(parts, name, table, options), cancel);
    if (made) return {};
    // 1205: another session has used the table in a transaction that is still open.
    const bool rejected = own_.alive() && !cancel.cancelled();
    if (rejected) drops_.pop_back();
    return made.error();
  }

  Result<void> drop() {
    if (drops_.empty()) return {};
    const auto dropped = dropWith(own_, [this](Session& session) { return dropAll(session); });
    if (dropped) return {};
    Error error = dropped.error();
    error.hint = "indexes that nobody uses were left on the server; remove them with";
    for (const auto& statement : drops_) error.hint += ' ' + statement + ';';
    drops_.clear();
    return error;
  }

 private:
  Result<void> dropAll(Session& session) {
    while (!drops_.empty()) {
      auto gone = session.query(drops_.back(), CancelToken{});
      // A lock that somebody holds is let go some time (1205). 1091: it was never made.
      for (int i = 1; !gone && gone.error().engineCode == "1205" && i < dropAttempts; ++i) {
        static_cast<void>(sleepUntil(Clock::now() + betweenAttempts, CancelToken{}));
        gone = session.query(drops_.back(), CancelToken{});
      }
      if (!gone && gone.error().engineCode != "1091") return gone.error();
      drops_.pop_back();
    }
    return {};
  }

  Session& own_;
  std::vector<std::string> drops_;
};

class Trial {
 public:
  Trial(Session& own, std::string_view text, const CancelToken& cancel)
      : own_(own), dialect_(*sql::findDialect(own.flavour().id)), text_(text), cancel_(cancel) {}

  Result<WhatIfPlans> run(std::span<const sql::IndexWish> wishes, const std::string& name) {
    for (const auto setting : settings)
      if (const auto set = own_.query(setting, cancel_); !set) return set.error();
    auto current = own_.database(cancel_);
    if (!current) return current.error();
    database_ = std::move(*current);
    if (const auto noted = noteOthers(); !noted) return noted.error();
    // Both plans are taken with it, so that only the wished indexes tell them apart.
    const auto used =
        own_.query("SET SESSION optimizer_switch = 'use_invisible_indexes=on'", cancel_);
    if (!used) return used.error();
    auto before = planAs(own_, text_, text_, {}, cancel_);
    if (!before) return before.error();
    const auto hidden = withoutReplicating(own_, cancel_);
    if (!hidden) return hidden.error();
    if (!*hidden)
      plans_.notices.push_back(
          "The index was built and dropped on replicas too: this account may "
          "not keep statements out of the binary log.");
    Built built(own_);
    auto after = buildAndPlan(built, wishes, name);
    const auto dropped = built.drop();
    if (!after && !dropped) {
      Error error = after.error();
      error.hint = dropped.error().hint;
      return error;
    }
    if (!after) return after.error();
    if (!dropped) return dropped.error();
    plans_.before = std::move(*before);
    plans_.after = std::move(*after);
    return std::move(plans_);
  }

 private:
  Result<protocol::PlanTree> buildAndPlan(Built& built, std::span<const sql::IndexWish> wishes,
                                          const std::string& base) {
    Aliases aliases;
    for (const sql::IndexWish& wish : wishes) {
      const auto parts = partsOf(wish, dialect_);
      if (!parts) return parts.error();
      if (parts->kind == "UNIQUE")
        return Error{.code = ErrorCode::unsupported,
                     .message = "a unique index would refuse other people's rows while it is there",
                     .hint = "try it without UNIQUE, or in a copy"};
      const auto& database = wish.table().schema.empty() ? database_ : wish.table().schema;
      // A letter before the number, so that no name is the beginning of another.
      const auto name = base + "_i" + std::to_string(aliases.size() + 1) + 'x';
      aliases.emplace_back(name, wish.name());
      const auto made = built.create(
          *parts, name, quoteName(database) + '.' + quoteName(wish.table().name), cancel_);
      if (!made) return whyNot(made.error());
      plans_.indexes.push_back({.sql = wish.text(), .name = wish.name(), .used = false});
      const auto bytes = own_.query(embeddedSql("mysql", "what_if_index_size"),
                                    {database, wish.table().name, "", name}, cancel_);
      if (bytes && !bytes->empty()) plans_.indexes.back().bytes = numberIn(bytes->front()[0]);
    }
    return planAs(own_, text_, text_, aliases, cancel_);
  }

  static Error whyNot(Error error) {
    if (error.engineCode == "1205") {
      error.hint =
          "a transaction that is still open has used the table; try again when it has ended";
      error.retryable = true;
    }
    return error;
  }

  Result<void> noteOthers() {
    const auto statement = sql::readStatement(text_, dialect_);
    const auto tables = tablesOf(own_, statement, database_, cancel_);
    if (!tables) return tables.error();
    for (const TableFacts& table : *tables) {
      const auto others = own_.query(embeddedSql("mysql", "what_if_invisible_indexes"),
                                     {table.database, table.name}, cancel_);
      if (!others) return others.error();
      for (const Row& row : *others)
        plans_.notices.push_back("The index " + row[0].value_or("") + " of " + table.name +
                                 " is invisible, and was used in both plans all the same.");
    }
    return {};
  }

  Session& own_;
  const sql::Dialect& dialect_;
  std::string_view text_;
  const CancelToken& cancel_;
  std::string database_;
  WhatIfPlans plans_;
};

}  // namespace

Result<WhatIfPlans> planWithInvisible(Session& user, Session& own, std::string_view text,
                                      std::span<const sql::IndexWish> wishes,
                                      const CancelToken& cancel) {
  if (const auto set = copyPlannerSettings(user, own, cancel); !set) return set.error();
  const auto name = claimName(own, cancel);
  if (!name) return name.error();
  return Trial(own, text, cancel).run(wishes, *name);
}

}  // namespace mydba::mysql
