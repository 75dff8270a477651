#include "engines/sqlite/what_if.h"

#include <algorithm>
#include <utility>

#include "base/time_limit.h"
#include "engines/sqlite/index_statistics.h"
#include "engines/sqlite/plan_query.h"
#include "engines/sqlite/plan_relations.h"
#include "engines/sqlite/query.h"
#include "engines/sqlite/scan_facts.h"
#include "engines/sqlite/schema_copy.h"

namespace mydba::sqlite {
namespace {

/// For counting all wished indexes: their tables are read in full.
constexpr std::chrono::milliseconds countLimit{5000};

/// Statistics and table differ by more than this: ANALYZE was long ago.
constexpr double staleFactor = 2;

class Trial {
 public:
  Trial(Session& real, SchemaCopy& copy, const CancelToken& cancel)
      : real_(real), copy_(copy), cancel_(cancel) {
    plans_.notices = std::move(copy.notices);
  }

  Result<WhatIfPlans> run(std::string_view sql, std::span<const sql::IndexWish> wishes) {
    auto before = queryPlan(*copy_.session, sql, cancel_);
    if (!before) return before.error();
    if (const auto checked = compareWithReal(*before, sql); !checked) return checked.error();
    if (const auto made = create(wishes); !made) return made.error();
    if (const auto counted = count(wishes); !counted) return counted.error();
    auto after = queryPlan(*copy_.session, sql, cancel_);
    if (!after) return after.error();
    plans_.before = std::move(*before);
    plans_.after = std::move(*after);
    return std::move(plans_);
  }

  const std::vector<CopiedIndex>& made() const { return made_; }

 private:
  /// The copy is only as good as its plan of today.
  Result<void> compareWithReal(const protocol::PlanTree& before, std::string_view sql) {
    const Session::Guard guard(real_, cancel_);
    const auto today = queryPlan(real_, sql, cancel_);
    if (!today) return today.error();
    if (today->raw != before.raw)
      plans_.notices.push_back(
          "The copy in which this was planned plans the statement otherwise than the database does "
          "today: the prediction is not certain.");
    return {};
  }

  Result<void> create(std::span<const sql::IndexWish> wishes) {
    for (const sql::IndexWish& wish : wishes) {
      const auto there = find(wish.name());
      if (!there) return there.error();
      if (*there)
        return Error{.code = ErrorCode::invalidParams,
                     .message = "there is an index " + wish.name() + " already",
                     .hint = "Give the index that is to be tried another name"};
      if (const auto done = runOne(*copy_.session, wish.text(), {}, cancel_); !done) {
        Error error = done.error();
        error.message = "the index cannot be created: " + error.message;
        error.position.reset();  // it counts in another text
        return error;
      }
      auto index = find(wish.name());
      if (!index) return index.error();
      if (!*index) return Error{.code = ErrorCode::server, .message = "the index was not created"};
      plans_.indexes.push_back({.sql = wish.text(), .name = (*index)->name, .used = false});
      made_.push_back(std::move(**index));
    }
    return {};
  }

  Result<std::optional<CopiedIndex>> find(const std::string& name) {
    for (const std::string& schema : copy_.schemas) {
      const auto rows = readRows(*copy_.session, "find_index", schema, {name}, cancel_);
      if (!rows) return rows.error();
      if (!rows->empty())
        return std::optional(
            CopiedIndex{.schema = schema, .name = (*rows)[0][0], .table = (*rows)[0][1]});
    }
    return std::optional<CopiedIndex>();
  }

  /// Gives the new indexes the statistics that ANALYZE would, where the table has some. One that
  /// was not counted is planned with the library's guesses.
  Result<void> count(std::span<const sql::IndexWish> wishes) {
    const TimeLimit limit(cancel_, countLimit);
    const CancelToken token = limit.token();
    const Session::Guard guard(real_, token);
    bool assumed = false;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      const CopiedIndex& index = made_[i];
      const auto known =
          rowsInStatistics(*copy_.session, {.schema = index.schema, .name = index.table}, cancel_);
      if (!known) return known.error();
      if (!*known) noteGuesses(index);
      const auto counted = countIndex(real_, *copy_.session, index, wishes[i], token);
      if (cancel_.cancelled()) return cancel_.error();
      if (!counted) {
        notCounted(index, counted.error());
        continue;
      }
      plans_.indexes[i].bytes = static_cast<double>(counted->bytes);
      if (!*known) continue;
      noteAge(index, **known, *counted);
      if (counted->stat.empty()) continue;
      const auto kept = keep(index, counted->stat);
      if (!kept) return kept;
      assumed = true;
    }
    if (assumed)
      plans_.notices.push_back(
          "This is the plan when ANALYZE is run after the index was created; until then the "
          "planner guesses how selective the index is.");
    if (assumed && sqlite3_compileoption_used("ENABLE_STAT4") != 0)
      plans_.notices.push_back(
          "The samples that ANALYZE takes of the values (sqlite_stat4) are not foretold: for a "
          "very "
          "common or a very rare value the plan may come otherwise.");
    return {};
  }

  void noteGuesses(const CopiedIndex& index) {
    const std::string notice =
        "ANALYZE never ran for " + index.table +
        ": the planner guesses how many rows it has and how selective indexes are. With "
        "statistics it may plan otherwise.";
    if (std::find(plans_.notices.begin(), plans_.notices.end(), notice) == plans_.notices.end())
      plans_.notices.push_back(notice);
  }

  void notCounted(const CopiedIndex& index, const Error& error) {
    const bool late = error.code == ErrorCode::timeout || error.code == ErrorCode::cancelled;
    plans_.notices.push_back(
        "How selective " + index.name + " is was not counted (" +
        (late ? "it took more than 5 seconds" : error.message) +
        "): it is planned with the guesses of a planner that has no statistics of it.");
  }

  void noteAge(const CopiedIndex& index, double known, const IndexStatistics& counted) {
    // A partial index says nothing of how many rows the table has.
    const double rows = static_cast<double>(counted.rows);
    if (rows <= known * staleFactor) return;
    plans_.notices.push_back("The statistics of " + index.table +
                             " are old: it has grown to more than twice the rows since ANALYZE.");
  }

  Result<void> keep(const CopiedIndex& index, const std::string& stat) {
    const auto kept = runOne(*copy_.session,
                             "INSERT INTO " + quoteName(index.schema) +
                                 ".sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)",
                             {index.table, index.name, stat}, cancel_);
    if (!kept) return kept;
    return loadStatistics(*copy_.session, index.schema, cancel_);
  }

  Session& real_;
  SchemaCopy& copy_;
  const CancelToken& cancel_;
  std::vector<CopiedIndex> made_;
  WhatIfPlans plans_;
};

/// Their tables' indexes as they are in the copy.
void addIndexes(Session& copy, const std::vector<CopiedIndex>& made, protocol::PlanTree& tree,
                const CancelToken& cancel) {
  if (!tree.relations) return;
  for (const CopiedIndex& index : made)
    for (protocol::PlanRelation& relation : *tree.relations) {
      if (sqlite3_stricmp(relation.name.c_str(), index.table.c_str()) != 0) continue;
      auto indexes = readIndexes(copy, {.schema = index.schema, .name = index.table}, cancel);
      if (indexes) relation.indexes = std::move(*indexes);
    }
}

}  // namespace

Result<std::vector<protocol::WhatIfWay>> SqliteWhatIf::ways(const CancelToken&) {
  return std::vector<protocol::WhatIfWay>{{.method = protocol::WhatIfMethod::copy}};
}

Result<WhatIfPlans> SqliteWhatIf::plan(const guard::CheckedStatement& statement,
                                       std::span<const sql::IndexWish> indexes,
                                       protocol::WhatIfMethod method, const CancelToken& cancel) {
  if (method != protocol::WhatIfMethod::copy)
    return Error{.code = ErrorCode::unsupported, .message = "SQLite has no such method"};
  if (cancel.cancelled()) return cancel.error();
  auto copy = copySchemas(session_, cancel);
  if (!copy) return copy.error();
  Trial trial(session_, *copy, cancel);
  auto plans = trial.run(statement.text(), indexes);
  if (!plans) return plans.error();
  addRelations(session_, plans->before, cancel);
  plans->after.relations = plans->before.relations;
  addScanFacts(plans->after);
  addIndexes(*copy->session, trial.made(), plans->after, cancel);
  return plans;
}

}  // namespace mydba::sqlite
