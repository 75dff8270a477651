#include "engines/engine.h"

#include <memory>
#include <utility>

#include "engines/postgres/catalogue.h"
#include "engines/postgres/databases.h"
#include "engines/postgres/explainer.h"
#include "engines/postgres/preflight.h"
#include "engines/postgres/processes.h"
#include "engines/postgres/profiler.h"
#include "engines/postgres/saved_plans.h"
#include "engines/postgres/variables.h"
#include "engines/postgres/what_if.h"
#include "engines/postgres/workload.h"
#include "engines/sql_transactions.h"

namespace mydba {
namespace {

using namespace postgres;

protocol::ServerInfo serverInfo(const PGconn* connection) {
  const char* version = PQparameterStatus(connection, "server_version");
  const int number = PQserverVersion(connection);
  return {.engine = "postgres",
          .flavour = "PostgreSQL",
          .version = version ? version : "",
          // libpq says 150020 for 15.20.
          .versionNumber = number / 10000 * 10000 + number % 10000 * 100,
          .database = PQdb(connection),
          .user = PQuser(connection),
          .tls = PQsslInUse(const_cast<PGconn*>(connection)) != 0};
}

TransactionHooks transactionHooks(Session& session) {
  return {
      .open = [&session] { return PQtransactionStatus(session.raw()) != PQTRANS_IDLE; },
      .failed = [&session] { return PQtransactionStatus(session.raw()) == PQTRANS_INERROR; },
      .execute = [&session](std::string_view sql, const CancelToken& cancel) -> Result<void> {
        const auto done = session.query(sql, {}, cancel);
        return done ? Result<void>() : done.error();
      },
      .cleanUp = [&session](std::string_view sql) { return session.cleanUp(sql); },
      .stream = [&session](std::string_view sql, RowSink& sink,
                           const CancelToken& cancel) { return session.stream(sql, sink, cancel); },
      // DDL as well; the server itself refuses what it cannot run in a transaction block.
      .canTakeBack = [](const sql::Statement&, const CancelToken&) { return Result<void>(); },
      .leftBehind = "Sequences keep the numbers that they gave out.",
  };
}

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(std::unique_ptr<Session> session, const protocol::ConnectionProfile& profile)
      : server_(serverInfo(session->raw())),
        session_(std::move(session)),
        databases_(*session_, profile) {}

  const protocol::ServerInfo& server() const override { return server_; }
  Result<void> run(const guard::CheckedStatement& statement, RowSink& sink,
                   const CancelToken& cancel) override {
    return session_->stream(statement.text(), sink, cancel);
  }
  bool alive() const override { return session_->alive(); }
  Catalogue* catalogue() override { return &catalogue_; }
  Explainer* explainer() override { return &explainer_; }
  Profiler* profiler() override { return &profiler_; }
  WhatIf* whatIf() override { return &whatIf_; }
  Workload* workload() override { return &workload_; }
  Variables* variables() override { return &variables_; }
  Processes* processes() override { return &processes_; }
  // A read-only session has a transaction of its own around every statement.
  Transactions* transactions() override {
    return session_->holdsReadOnly() ? nullptr : &transactions_;
  }
  Preflight* preflight() override { return &preflight_; }

 private:
  protocol::ServerInfo server_;
  std::unique_ptr<Session> session_;
  Databases databases_;
  PostgresCatalogue catalogue_{databases_};
  PostgresExplainer explainer_{*session_, server_.version};
  PostgresProfiler profiler_{*session_, databases_, explainer_};
  PostgresWhatIf whatIf_{*session_, explainer_};
  PostgresWorkload workload_{*session_};
  PostgresVariables variables_{*session_};
  SqlTransactions transactions_{transactionHooks(*session_)};
  PostgresProcesses processes_{*session_};
  PostgresPreflight preflight_{*session_, server_.versionNumber};
};

class PostgresEngine final : public Engine {
 public:
  const protocol::EngineDescriptor& descriptor() const override { return descriptor_; }

  Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                              const SecretSource& secrets,
                                              const CancelToken& cancel) const override {
    auto session = openSession(profile, secrets, cancel);
    if (!session) return session.error();
    return std::unique_ptr<Connection>(
        std::make_unique<PostgresConnection>(std::move(*session), profile));
  }
  Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text) const override {
    return postgres::plansIn(text);
  }

 private:
  const protocol::EngineDescriptor descriptor_{
      .id = "postgres",
      .title = "PostgreSQL",
      .schemes = {"postgres", "postgresql"},
      .dialect = "postgres",
      .defaultPort = 5432,
      .isFile = false,
      .facets = {protocol::Facet::catalogue, protocol::Facet::explain, protocol::Facet::processes,
                 protocol::Facet::profile, protocol::Facet::variables, protocol::Facet::whatIf,
                 protocol::Facet::workload}};
};

}  // namespace

std::vector<const Engine*> postgresEngines() {
  static const PostgresEngine engine;
  return {&engine};
}

}  // namespace mydba
