#include "engines/engine.h"

#include <cstdlib>

#include "engines/mysql/connection.h"
#include "engines/mysql/dial.h"
#include "engines/mysql/option_file.h"
#include "engines/mysql/saved_plans.h"
#include "engines/mysql/session.h"

namespace mydba {
namespace mysql {
namespace {

constexpr std::int64_t defaultConnectTimeoutMs = 10000;

/// The profile's password or the user's answer first, then the places that the servers' own
/// clients look at: MYSQL_PWD, ~/.my.cnf.
Result<std::string> passwordFor(const SecretSource& secrets, const OptionFile& file) {
  if (secrets) {
    auto secret = secrets(protocol::SecretKind::password);
    if (!secret) return secret.error();
    if (*secret) return **secret;
  }
  if (const char* variable = std::getenv("MYSQL_PWD")) return std::string(variable);
  return file.password.value_or("");
}

std::string userFor(const protocol::ConnectionProfile& profile, const OptionFile& file) {
  if (profile.user && !profile.user->empty()) return *profile.user;
  if (file.user) return *file.user;
  const char* login = std::getenv("USER");
  return login ? login : "root";
}

Result<Target> targetOf(const protocol::ConnectionProfile& profile, const SecretSource& secrets,
                        std::int64_t defaultPort) {
  const OptionFile file = readUserOptionFile();
  const auto port = profile.port.value_or(defaultPort);
  if (port < 1 || port > 65535)
    return Error{.code = ErrorCode::invalidParams, .message = "the port must be 1 to 65535"};
  auto password = passwordFor(secrets, file);
  if (!password) return password.error();
  Target target;
  target.host = profile.host.value_or("").empty() ? "127.0.0.1" : *profile.host;
  target.port = static_cast<unsigned>(port);
  target.socket = profile.socket.value_or("");
  target.user = userFor(profile, file);
  target.password = std::move(*password);
  target.database = profile.database.value_or("");
  target.tls = profile.tls.value_or(protocol::TlsMode::prefer);
  target.tlsCa = profile.tlsCa.value_or("");
  target.tunnelled = profile.ssh && !profile.ssh->empty();
  return target;
}

/// One of the two names under which the same protocol is offered; the server decides how the
/// connection behaves (Flavour).
class MysqlEngine final : public Engine {
 public:
  using PlansIn = Result<std::vector<protocol::PlanTree>>(std::string_view text);

  MysqlEngine(std::string id, std::string title, PlansIn* readsPlans)
      : readsPlans_(readsPlans),
        descriptor_{.id = id,
                    .title = std::move(title),
                    .schemes = {id},
                    .dialect = id,
                    .defaultPort = 3306,
                    .isFile = false,
                    .facets = {protocol::Facet::catalogue, protocol::Facet::explain,
                               protocol::Facet::processes, protocol::Facet::profile,
                               protocol::Facet::variables, protocol::Facet::whatIf,
                               protocol::Facet::workload}} {}

  const protocol::EngineDescriptor& descriptor() const override { return descriptor_; }

  Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                              const SecretSource& secrets,
                                              const CancelToken& cancel) const override {
    const auto target = targetOf(profile, secrets, descriptor_.defaultPort);
    if (!target) return target.error();
    // The clock starts when the user has answered.
    const std::chrono::milliseconds patience(
        profile.connectTimeoutMs.value_or(defaultConnectTimeoutMs));
    auto session = Session::connect(*target, patience, profile.readOnly.value_or(false), cancel);
    if (!session) return session.error();
    return makeConnection(std::move(*session));
  }
  Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text) const override {
    return readsPlans_(text);
  }

 private:
  PlansIn* readsPlans_;
  protocol::EngineDescriptor descriptor_;
};

}  // namespace
}  // namespace mysql

std::vector<const Engine*> mysqlEngines() {
  static const mysql::MysqlEngine mysql("mysql", "MySQL", mysql::mysqlPlansIn);
  static const mysql::MysqlEngine mariadb("mariadb", "MariaDB", mysql::mariadbPlansIn);
  return {&mysql, &mariadb};
}

}  // namespace mydba
