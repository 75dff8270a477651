#include "engines/engine.h"

#include <memory>
#include <utility>

#include "engines/postgres/catalogue.h"
#include "engines/postgres/databases.h"
#include "engines/postgres/explainer.h"
#include "engines/postgres/processes.h"

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
  Processes* processes() override { return &processes_; }

 private:
  protocol::ServerInfo server_;
  std::unique_ptr<Session> session_;
  Databases databases_;
  PostgresCatalogue catalogue_{databases_};
  PostgresExplainer explainer_{*session_, server_.version};
  PostgresProcesses processes_{*session_};
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

 private:
  const protocol::EngineDescriptor descriptor_{
      .id = "postgres",
      .title = "PostgreSQL",
      .schemes = {"postgres", "postgresql"},
      .dialect = "postgres",
      .defaultPort = 5432,
      .isFile = false,
      .facets = {protocol::Facet::catalogue, protocol::Facet::explain, protocol::Facet::processes}};
};

}  // namespace

std::vector<const Engine*> postgresEngines() {
  static const PostgresEngine engine;
  return {&engine};
}

}  // namespace mydba
