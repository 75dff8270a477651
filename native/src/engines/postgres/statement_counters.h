#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/explainer.h"
#include "engines/postgres/session.h"
#include "types.h"

namespace mydba::postgres {

/// Runs a statement of ours that this role may be kept from; false when it is. Inside a
/// transaction, which does not fail by it.
Result<bool> tryStatement(Session& session, std::string_view sql,
                          std::initializer_list<Argument> arguments, const CancelToken& cancel);

/// Sets a setting until the transaction or savepoint ends; false when this role may not. Inside a
/// transaction, which does not fail by it.
Result<bool> trySetting(Session& session, const std::string& name, const std::string& value,
                        const CancelToken& cancel);

/// Why there are no counters of pg_stat_statements on this server at all; nothing when there are.
/// `facts` is the row of profile_facts.sql, `what` names what is missing.
std::optional<protocol::Unavailable> lackOfCounters(const Rows& facts, std::string what);
/// Its library is not in shared_preload_libraries.
protocol::Unavailable lackOfLibrary(std::string what);

/// By how much one run of a statement moves the counters that pg_stat_statements keeps for it. A
/// statement below EXPLAIN is nested, which is counted with `track = all` only. Other sessions of
/// the user may run the same statement meanwhile. Inside a transaction; lane's thread.
class StatementCounters {
 public:
  /// `facts` is the row of profile_facts.sql. What is missing is added to `unavailable`, and then
  /// no counters are read.
  static Result<StatementCounters> before(Session& session, PostgresExplainer& explainer,
                                          const Rows& facts, std::string_view sql,
                                          std::vector<protocol::Unavailable>& unavailable,
                                          const CancelToken& cancel);
  /// Adds what moved since.
  Result<void> addMoved(std::vector<protocol::ProfileMetric>& metrics, const CancelToken& cancel);

 private:
  using Values = std::map<std::string, double>;

  explicit StatementCounters(Session& session) : session_(&session) {}
  Result<Values> read(const CancelToken& cancel);
  Result<std::optional<protocol::Unavailable>> enable(const Rows& facts, const CancelToken& cancel);

  Session* session_;
  std::string schema_;
  std::string queryId_;  ///< empty without counters
  Values values_;
};

}  // namespace mydba::postgres
