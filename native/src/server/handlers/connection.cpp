#include "dispatch.h"
#include "engines/connect.h"
#include "guard/admit.h"
#include "net/url.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

/// What this very connection can do, which may be less than its engine.
std::vector<protocol::Facet> facetsOf(Connection& connection) {
  std::vector<protocol::Facet> facets;
  if (connection.catalogue()) facets.push_back(protocol::Facet::catalogue);
  if (connection.explainer()) facets.push_back(protocol::Facet::explain);
  if (connection.processes()) facets.push_back(protocol::Facet::processes);
  if (connection.profiler()) facets.push_back(protocol::Facet::profile);
  if (connection.variables()) facets.push_back(protocol::Facet::variables);
  if (connection.whatIf()) facets.push_back(protocol::Facet::whatIf);
  if (connection.workload()) facets.push_back(protocol::Facet::workload);
  return facets;
}

void enterAttempt(const Server& server, const protocol::ConnectionProfile& profile,
                  std::string_view kind, const Result<std::unique_ptr<Connection>>& connection) {
  server.auditTrail(protocol::AuditActor::editor, profile)
      .connected(kind, connection ? Result<void>() : Result<void>(connection.error()));
}

}  // namespace

Result<protocol::AdmitResult> connectionAdmit(Call&, const protocol::AdmitParams& params) {
  return guard::admit(params.profile, params.fromSettings, params.opened);
}

Result<protocol::OpenResult> connectionOpen(Call& call, const protocol::OpenParams& params) {
  const auto& profile = params.profile;
  Server& server = call.server();
  auto connection = connect(profile, server.secretsOf(profile.id, call.cancel()), call.cancel());
  enterAttempt(server, profile, "session", connection);
  if (!connection) return connection.error();
  const Engine& engine = *findEngine(profile.engine);
  protocol::OpenResult result{.sessionId = profile.id,
                              .server = (*connection)->server(),
                              .facets = facetsOf(**connection),
                              .dialect = engine.descriptor().dialect};
  // Somebody may have given up while this connected; then nobody would close the session.
  if (call.cancel().cancelled()) return call.cancel().error();
  server.keepSession(profile.id, server.makeSession(profile, engine, std::move(*connection)));
  return result;
}

Result<protocol::TestResult> connectionTest(Call& call, const protocol::TestParams& params) {
  SecretSource stored = call.server().secretsOf(params.profile.id, call.cancel());
  const SecretSource typed = [&](protocol::SecretKind kind) -> Result<std::optional<std::string>> {
    if (kind == protocol::SecretKind::password && params.password) return params.password;
    return stored(kind);
  };
  const auto start = Clock::now();
  auto connection = connect(params.profile, typed, call.cancel());
  enterAttempt(call.server(), params.profile, "test", connection);
  if (!connection) return connection.error();
  return protocol::TestResult{.server = (*connection)->server(),
                              .elapsedMs = millisecondsSince(start)};
}

Result<protocol::Empty> connectionClose(Call& call, const protocol::SessionParams& params) {
  call.server().closeSession(params.sessionId);
  return protocol::Empty{};
}

Result<protocol::UrlResult> connectionParseUrl(Call&, const protocol::UrlParams& params) {
  auto parsed = net::parseUrl(params.url);
  if (!parsed) return parsed.error();
  return protocol::UrlResult{.profile = parsed->profile,
                             .password = parsed->password,
                             .url = net::renderUrl(parsed->profile, parsed->password.has_value())};
}

}  // namespace mydba::server::handlers
