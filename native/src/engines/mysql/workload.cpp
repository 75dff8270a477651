// The statements that the performance schema has counted, by digest.
//
// A digest's names are those of the schema that was current when it ran, and so only those of this
// session's schema can be planned here: the others are left out. A text that is longer than
// performance_schema_max_digest_length ends in an ellipsis; such a text is no statement any more,
// and is said to be none. One with more tokens than max_digest_length takes just ends.

#include "engines/mysql/workload.h"

#include <array>
#include <utility>

#include "base/embedded.h"
#include "engines/mysql/account.h"
#include "engines/mysql/digest_text.h"
#include "engines/mysql/plan_context.h"
#include "engines/workload_statement.h"
#include "sql/statement.h"

namespace mydba::mysql {
namespace {

constexpr std::string_view what = "Statement statistics";
constexpr std::array<std::string_view, 4> systemSchemas = {"performance_schema",
                                                           "information_schema", "mysql", "sys"};
constexpr std::string_view tableAccessDenied = "1142";

protocol::Unavailable missing(std::string reason, std::string fix) {
  return {.what = std::string(what), .reason = std::move(reason), .fix = std::move(fix)};
}

/// `LIMIT ?, ...` is a list of values that the digest has shortened; any other ellipsis at the end
/// stands for what was cut off.
bool isCut(std::string_view digest) {
  return digest.ends_with("...") && !digest.ends_with("?, ...");
}

protocol::PlanAttempt cutAttempt() {
  return {.way = protocol::PlanWay::explain,
          .ms = 0,
          .failure = protocol::PlanFailure{
              .code = protocol::ErrorCode::tooLarge,
              .message = "the server keeps only the beginning of this statement",
              .hint = "raise performance_schema_max_digest_length, and restart the server"}};
}

/// MariaDB writes a blank behind the last token.
std::string digestIn(const Row& row) {
  std::string digest = row[0].value_or("");
  while (digest.ends_with(' ')) digest.pop_back();
  return digest;
}

protocol::WorkloadStatement statementIn(const Row& row, std::string digest) {
  protocol::WorkloadStatement statement{
      .sql = std::move(digest),
      .schema = row[1],
      .statistics = protocol::StatementStatistics{.calls = numberIn(row[2]),
                                                  .totalMs = numberIn(row[3]),
                                                  .meanMs = numberIn(row[4]),
                                                  .rowsExamined = numberIn(row[5]),
                                                  .rowsSent = numberIn(row[6]),
                                                  .withoutIndex = numberIn(row[7]),
                                                  .withoutGoodIndex = numberIn(row[8]),
                                                  .diskTemporaryTables = numberIn(row[9])},
      .attempts = {}};
  if (isCut(statement.sql)) statement.attempts.push_back(cutAttempt());
  return statement;
}

class MysqlWorkload final : public Workload {
 public:
  explicit MysqlWorkload(Session& session) : session_(session) {}

  Result<BusiestStatements> busiest(int limit, const CancelToken& cancel) override {
    BusiestStatements busiest;
    const auto lack = lacking(cancel);
    if (!lack) return lack.error();
    busiest.unavailable = *lack;
    if (busiest.unavailable) return busiest;
    // Some of them are not of the workload. Prepared statements take no text for a limit.
    const auto rows = session_.query(std::string(embeddedSql("mysql", "workload_statements")) +
                                         " LIMIT " + std::to_string(2 * limit + 500),
                                     cancel);
    if (!rows) return rows.error();
    const auto& dialect = *sql::findDialect(session_.flavour().id);
    for (const Row& row : *rows) {
      if (busiest.statements.size() == static_cast<std::size_t>(limit)) break;
      const std::string digest = digestIn(row);
      if (isWorkload(digest, dialect, systemSchemas, mayBeCut(digest)))
        busiest.statements.push_back(statementIn(row, readableDigest(digest, dialect)));
    }
    return busiest;
  }

  Result<std::vector<protocol::PlanRelation>> relations(const guard::CheckedStatement& statement,
                                                        const CancelToken& cancel) override {
    const auto read =
        sql::readStatement(statement.text(), *sql::findDialect(session_.flavour().id));
    auto relations = readRelations(session_, read, cancel);
    if (cancel.cancelled()) return cancel.error();
    return relations;
  }

 private:
  /// Why nothing is counted, or shown to this account.
  Result<std::optional<protocol::Unavailable>> lacking(const CancelToken& cancel) {
    const auto schema = session_.query("SELECT @@performance_schema, @@max_digest_length", cancel);
    if (!schema) return schema.error();
    if (schema->empty() || schema->front()[0] != "1")
      return std::optional(missing("the performance schema is off on this server",
                                   "start the server with performance_schema=ON"));
    maxDigestLength_ = numberIn(schema->front()[1]).value_or(0);
    const auto consumer = session_.query(embeddedSql("mysql", "workload_consumer"), cancel);
    if (!consumer && consumer.error().engineCode == tableAccessDenied)
      return std::optional(
          missing("this account may not read the performance schema",
                  "GRANT SELECT ON performance_schema.* TO " + accountOf(session_.server())));
    if (!consumer) return consumer.error();
    if (!consumer->empty() && consumer->front()[0] == "YES")
      return std::optional<protocol::Unavailable>();
    return std::optional(
        missing("statements are not counted: the consumer statements_digest is off",
                "UPDATE performance_schema.setup_consumers SET ENABLED = 'YES' "
                "WHERE NAME = 'statements_digest'"));
  }

  /// So long that its tables may be missing. The limit is one of bytes for tokens, which take about
  /// as many as their text.
  bool mayBeCut(std::string_view digest) const {
    return isCut(digest) || static_cast<double>(digest.size()) >= 0.8 * maxDigestLength_;
  }

  Session& session_;
  double maxDigestLength_ = 0;
};

}  // namespace

std::unique_ptr<Workload> makeWorkload(Session& session) {
  return std::make_unique<MysqlWorkload>(session);
}

}  // namespace mydba::mysql
