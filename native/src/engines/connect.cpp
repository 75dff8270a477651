#include "engines/connect.h"

#include <algorithm>
#include <utility>

#include "net/ssh_tunnel.h"

namespace mydba {
namespace {

/// A connection with the tunnel that it goes through.
class TunnelledConnection : public Connection {
 public:
  TunnelledConnection(std::unique_ptr<net::SshTunnel> tunnel, std::unique_ptr<Connection> inner)
      : tunnel_(std::move(tunnel)), inner_(std::move(inner)) {}

  const protocol::ServerInfo& server() const override { return inner_->server(); }
  Result<void> run(const guard::CheckedStatement& statement, RowSink& sink,
                   const CancelToken& cancel) override {
    return inner_->run(statement, sink, cancel);
  }
  bool alive() const override { return tunnel_->alive() && inner_->alive(); }
  Catalogue* catalogue() override { return inner_->catalogue(); }
  Explainer* explainer() override { return inner_->explainer(); }
  Processes* processes() override { return inner_->processes(); }
  Preflight* preflight() override { return inner_->preflight(); }
  Transactions* transactions() override { return inner_->transactions(); }
  Profiler* profiler() override { return inner_->profiler(); }
  WhatIf* whatIf() override { return inner_->whatIf(); }

 private:
  // In this order: the connection says goodbye through the tunnel.
  const std::unique_ptr<net::SshTunnel> tunnel_;
  const std::unique_ptr<Connection> inner_;
};

Result<std::unique_ptr<Connection>> connectThroughSsh(const Engine& engine,
                                                      protocol::ConnectionProfile profile,
                                                      const SecretSource& secrets,
                                                      const CancelToken& cancel) {
  const std::chrono::milliseconds limit(profile.connectTimeoutMs.value_or(10000));
  Deadline deadline = Clock::now() + limit;
  auto tunnel = net::SshTunnel::open(profile, static_cast<int>(engine.descriptor().defaultPort),
                                     secrets, cancel, deadline);
  if (!tunnel) return tunnel.error();
  profile.host = "127.0.0.1";
  // `ssh` stays, which tells the engine that nobody but this process gets there.
  profile.port = (*tunnel)->port();
  // Meant for the tunnel; an engine refuses options that it does not know.
  if (profile.options)
    std::erase_if(*profile.options,
                  [](const auto& option) { return option.name == "sshKnownHosts"; });
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now());
  profile.connectTimeoutMs = std::max<std::int64_t>(left.count(), 1);
  auto connection = engine.connect(profile, secrets, cancel);
  if (!connection) return connection.error();
  return std::unique_ptr<Connection>(
      std::make_unique<TunnelledConnection>(std::move(*tunnel), std::move(*connection)));
}

/// A connect attempt that timed out has the same causes with every engine.
Error explained(Error error) {
  if (error.code == ErrorCode::timeout && error.hint.empty())
    error.hint =
        "nothing answered in time: check host, port, firewall and VPN, or raise the time-out";
  return error;
}

}  // namespace

Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                            const SecretSource& secrets,
                                            const CancelToken& cancel) {
  const Engine* engine = findEngine(profile.engine);
  if (!engine)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "unknown engine \"" + profile.engine.substr(0, 40) + "\"",
                 .hint = "initialize lists the engines of this build"};
  const bool tunnelled = profile.ssh && !profile.ssh->empty();
  auto connection = tunnelled ? connectThroughSsh(*engine, profile, secrets, cancel)
                              : engine->connect(profile, secrets, cancel);
  if (!connection) return explained(connection.error());
  return connection;
}

}  // namespace mydba
