#include "engines/postgres/what_if.h"

#include <charconv>
#include <utility>

#include "base/embedded.h"
#include "engines/postgres/in_schema.h"
#include "engines/postgres/plan_fields.h"
#include "engines/postgres/rolled_back.h"
#include "engines/postgres/trial.h"
#include "plan/walk.h"
#include "sql/alteration.h"
#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::postgres {
namespace {

using protocol::WhatIfMethod;
using protocol::WhatIfWay;

// HypoPG's hypo_estimate_index(); B-trees store equal keys once since version 13 of the server.
constexpr std::string_view sizeNotice =
    "HypoPG sizes an index as if equal keys were stored one by one: where a column has few "
    "different values, the real index is smaller, and reading all of it costs less than said here";

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

/// The name that the server gives the index; empty when it chooses one.
std::string nameOf(const sql::IndexWish& wish) {
  const auto statement = sql::readStatement(wish.text(), dialect());
  const auto written = sql::readWrittenDefinition(wish.text(), statement, dialect());
  if (written.objects.empty()) return wish.name();
  const sql::WrittenName& name = written.objects.front();
  return name.text.ends_with('"') ? name.value : sql::lowerCase(name.value);
}

/// CONCURRENTLY is refused inside of a transaction.
std::string withoutConcurrently(const std::string& text) {
  sql::Lexer lexer(text, dialect());
  bool behindIndex = false;
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    if (token.kind == sql::TokenKind::comment) continue;
    const bool word = token.kind == sql::TokenKind::word;
    if (word && behindIndex && sql::isKeyword(lexer.textOf(token), "CONCURRENTLY"))
      return text.substr(0, token.start) + text.substr(token.end);
    behindIndex = word && sql::isKeyword(lexer.textOf(token), "INDEX");
  }
  return text;
}

/// An error of the wish, whose position does not count in the statement.
Error ofWish(Error error, const sql::IndexWish& wish) {
  error.position.reset();
  error.message += " (" + wish.text() + ")";
  return error;
}

std::optional<double> bytesOf(std::string_view text) {
  double bytes = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), bytes);
  return read.ec == std::errc() ? std::optional(bytes) : std::nullopt;
}

void rename(protocol::PlanNode& root, const std::map<std::string, std::string>& names) {
  plan::walk(root, [&](protocol::PlanNode& node, const protocol::PlanNode*, int) {
    if (!node.index) return;
    if (const auto found = names.find(*node.index); found != names.end())
      node.index = found->second;
  });
}

WhatIfWay hypothetical(const Rows& facts, int version) {
  WhatIfWay way{.method = WhatIfMethod::hypothetical};
  const auto schema = facts.text(0, facts.column("hypopg_schema"));
  if (!schema.empty()) {
    if (facts.truth(0, facts.column("hypopg_usable"))) return way;
    way.unavailable = "this role may not use the schema " + schema + ", in which hypopg is";
    way.fix = "GRANT USAGE ON SCHEMA " + schema + " TO " + facts.text(0, facts.column("role"));
    return way;
  }
  way.unavailable = "the extension hypopg is not installed (or not in this database)";
  way.fix = "CREATE EXTENSION hypopg";
  if (!facts.truth(0, facts.column("hypopg_available")))
    way.fix = "install it on the server (Debian: the package postgresql-" +
              std::to_string(version / 10000) + "-hypopg), then CREATE EXTENSION hypopg";
  return way;
}

WhatIfWay transaction(const Rows& facts, bool holdsReadOnly) {
  WhatIfWay way{.method = WhatIfMethod::transaction};
  if (facts.truth(0, facts.column("standby")))
    way.unavailable = "this server is a standby, which builds no index";
  else if (holdsReadOnly || facts.truth(0, facts.column("read_only")))
    way.unavailable = "this connection is read-only";
  if (way.unavailable) return way;
  // The last: index_update_stats() of the server writes the heap's row of pg_class in place.
  way.touches =
      "builds the index for real and rolls it back: writers of the table wait while it is built "
      "(SHARE lock, 30 s at most, given up when it is not had within 2 s), disk and log are "
      "written, and the number of rows that the server counts meanwhile stays in its catalogue";
  return way;
}

}  // namespace

Result<std::vector<WhatIfWay>> PostgresWhatIf::ways(const CancelToken& cancel) {
  const auto facts = rolledBack(session_, Aside::writes, cancel, [&] {
    return session_.query(embeddedSql("postgres", "what_if_ways"), {}, cancel);
  });
  if (!facts) return facts.error();
  return std::vector<WhatIfWay>{hypothetical(*facts, PQserverVersion(session_.raw())),
                                transaction(*facts, session_.holdsReadOnly())};
}

Result<WhatIfPlans> PostgresWhatIf::planned(const guard::CheckedStatement& statement,
                                            std::span<const sql::IndexWish> indexes,
                                            const Make& make, const CancelToken& cancel) {
  auto before = explainer_.explain(statement, false, cancel);
  if (!before) return before.error();
  WhatIfPlans plans{.before = std::move(*before), .after = {}, .indexes = {}, .notices = {}};
  Renamings names;
  for (const auto& wish : indexes) {
    auto made = make(wish, names);
    if (!made) return ofWish(made.error(), wish);
    plans.indexes.push_back(std::move(*made));
  }
  auto after = explainer_.explain(statement, false, cancel);
  if (!after) return after.error();
  plans.after = std::move(*after);
  rename(plans.after.root, names);
  return plans;
}

Result<protocol::WhatIfIndex> PostgresWhatIf::imagine(const sql::IndexWish& wish,
                                                      const std::string& schema, Renamings& names,
                                                      const CancelToken& cancel) {
  const auto made = session_.query(inSchema("what_if_imagine", schema), {wish.text()}, cancel);
  if (!made) {
    Error error = made.error();
    error.hint =
        "HypoPG knows plain tables and the access methods btree, hash, brin and bloom; the method "
        "transaction takes any index";
    return error;
  }
  if (made->count() != 1)
    return Error{.code = ErrorCode::server, .message = "HypoPG made no index of it"};
  const auto wished = nameOf(wish);
  const auto name = wished.empty() ? made->text(0, 1) : wished;
  names.emplace(made->text(0, 1), name);
  return protocol::WhatIfIndex{
      .sql = wish.text(), .name = name, .used = false, .bytes = bytesOf(made->view(0, 2))};
}

Result<WhatIfPlans> PostgresWhatIf::imagined(const guard::CheckedStatement& statement,
                                             std::span<const sql::IndexWish> indexes,
                                             const CancelToken& cancel) {
  std::string schema;
  std::optional<std::string> own;
  auto plans = rolledBack(session_, Aside::writes, cancel, [&]() -> Result<WhatIfPlans> {
    const auto facts = session_.query(embeddedSql("postgres", "what_if_ways"), {}, cancel);
    if (!facts) return facts.error();
    schema = facts->text(0, facts->column("hypopg_schema"));
    const auto known = session_.query(inSchema("what_if_imagined", schema), {}, cancel);
    if (!known) return known.error();
    own = known->text(0, 0);
    return planned(
        statement, indexes,
        [&](const auto& wish, auto& names) { return imagine(wish, schema, names, cancel); },
        cancel);
  });
  if (plans) plans->notices.emplace_back(sizeNotice);
  // They belong to the server's process: the transaction's end does not take them away.
  if (!own || !session_.alive()) return plans;
  const auto forgotten =
      session_.query(inSchema("what_if_forget", schema), {*own}, {}, Clock::now() + cancelGrace);
  if (!forgotten) return forgotten.error();
  return plans;
}

Result<protocol::WhatIfIndex> PostgresWhatIf::build(const sql::IndexWish& wish, Renamings& names,
                                                    const CancelToken& cancel) {
  // Building it runs the functions in it for each row, whatever they say of themselves.
  if (const auto safe = judgeCalls(session_, wish.text(), cancel); !safe) {
    Error error = safe.error();
    if (error.code == ErrorCode::refused) error.hint = "the method hypothetical runs none of it";
    return error;
  }
  const auto table = sql::writtenName(wish.text(), wish.table().position, dialect()).text;
  const auto known = session_.query(embeddedSql("postgres", "what_if_known"), {table}, cancel);
  if (!known) return known.error();
  const auto made = session_.query(withoutConcurrently(wish.text()), {}, cancel);
  if (!made) return made.error();
  const auto found =
      session_.query(embeddedSql("postgres", "what_if_built"), {table, known->text(0, 0)}, cancel);
  if (!found) return found.error();
  // IF NOT EXISTS made nothing.
  if (found->count() != 1)
    return protocol::WhatIfIndex{
        .sql = wish.text(), .name = nameOf(wish), .used = false, .bytes = {}};
  const auto name = found->text(0, 0);
  // Plans name the parts that the partitions have.
  const auto document = PlanDocument::parse(found->view(0, 2));
  if (PlanArray parts; document && !document->root().get(parts))
    for (const std::string& part : textsIn(parts)) names.emplace(part, name);
  return protocol::WhatIfIndex{
      .sql = wish.text(), .name = name, .used = false, .bytes = bytesOf(found->view(0, 1))};
}

Result<WhatIfPlans> PostgresWhatIf::built(const guard::CheckedStatement& statement,
                                          std::span<const sql::IndexWish> indexes,
                                          const CancelToken& cancel) {
  return rolledBack(session_, Aside::writes, cancel, [&]() -> Result<WhatIfPlans> {
    const auto limited = session_.query(embeddedSql("postgres", "what_if_limits"), {}, cancel);
    if (!limited) return limited.error();
    return planned(
        statement, indexes,
        [&](const auto& wish, auto& names) { return build(wish, names, cancel); }, cancel);
  });
}

Result<WhatIfPlans> PostgresWhatIf::plan(const guard::CheckedStatement& statement,
                                         std::span<const sql::IndexWish> indexes,
                                         WhatIfMethod method, const CancelToken& cancel) {
  return method == WhatIfMethod::hypothetical ? imagined(statement, indexes, cancel)
                                              : built(statement, indexes, cancel);
}

}  // namespace mydba::postgres
