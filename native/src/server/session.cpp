#include "server/session.h"

#include <utility>

#include "engines/connect.h"

namespace mydba::server {

Session::Session(protocol::ConnectionProfile profile, const Engine& engine, SecretsFor secretsFor,
                 std::unique_ptr<Connection> user, ThreadGroup& threads, bool inlined)
    : profile_(std::move(profile)),
      engine_(engine),
      secretsFor_(std::move(secretsFor)),
      user_(std::make_unique<Side>(threads, inlined)),
      meta_(std::make_unique<Side>(threads, inlined)) {
  user_->connection = std::move(user);
}

Session::~Session() {
  for (Side* side : {user_.get(), meta_.get()}) {
    // The last reference may go on any thread; the connection goes on its lane.
    std::shared_ptr<Connection> connection = std::move(side->connection);
    if (connection)
      side->lane.post([connection = std::move(connection)]() mutable { connection.reset(); });
  }
}

const sql::Dialect& Session::dialect() const {
  const sql::Dialect* own = sql::findDialect(engine_.descriptor().dialect);
  return own ? *own : sql::genericDialect();
}

Result<Connection*> Session::connection(LaneKind kind, const CancelToken& cancel) {
  auto& connection = kind == LaneKind::user ? user_->connection : meta_->connection;
  if (!connection || !connection->alive()) {
    connection.reset();
    auto made = connect(profile_, secretsFor_(cancel), cancel);
    if (!made) return made.error();
    connection = std::move(*made);
  }
  return connection.get();
}

}  // namespace mydba::server
