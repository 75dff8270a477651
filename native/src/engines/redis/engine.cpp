#include "engines/engine.h"

#include <charconv>
#include <memory>

#include "engines/redis/catalogue.h"
#include "engines/redis/command_line.h"
#include "engines/redis/command_policy.h"
#include "engines/redis/preflight.h"
#include "engines/redis/processes.h"
#include "engines/redis/profiler.h"
#include "engines/redis/reply_rows.h"
#include "engines/redis/session.h"
#include "engines/redis/variables.h"
#include "sql/keyword.h"

namespace mydba {
namespace redis {
namespace {

using protocol::EngineDescriptor;
using protocol::Facet;

/// `7.0.15` is 70015.
std::int64_t versionNumber(std::string_view text) {
  std::int64_t number = 0;
  for (int part = 0; part < 3; ++part) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    number = number * 100 + (error == std::errc{} ? value : 0);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with('.')) text.remove_prefix(1);
  }
  return number;
}

/// Valkey keeps telling a `redis_version` for old clients; its own is `valkey_version`.
protocol::ServerInfo serverInfo(const Session& session,
                                const protocol::ConnectionProfile& profile) {
  protocol::ServerInfo info;
  const std::string valkey = session.info("valkey_version");
  const bool isValkey = !valkey.empty() || session.info("server_name") == "valkey";
  info.engine = isValkey ? "valkey" : "redis";
  info.flavour = isValkey ? "Valkey" : "Redis";
  info.version = valkey.empty() ? session.info("redis_version") : valkey;
  info.versionNumber = versionNumber(info.version);
  info.database = std::to_string(session.userDatabase());
  info.user = profile.user.value_or("default");
  info.tls = session.encrypted();
  return info;
}

class RedisConnection final : public Connection {
 public:
  RedisConnection(std::unique_ptr<Session> session, const protocol::ConnectionProfile& profile)
      : session_(std::move(session)),
        server_(serverInfo(*session_, profile)),
        readOnly_(profile.readOnly.value_or(false)),
        catalogue_(*session_, session_->userDatabase()),
        processes_(*session_),
        preflight_(*session_, server_.flavour),
        profiler_(*session_, server_),
        variables_(*session_, server_) {}

  const protocol::ServerInfo& server() const override { return server_; }
  bool alive() const override { return session_->alive(); }
  Catalogue* catalogue() override { return &catalogue_; }
  Processes* processes() override { return &processes_; }
  Preflight* preflight() override { return &preflight_; }
  Profiler* profiler() override { return &profiler_; }
  Variables* variables() override { return &variables_; }

  Result<void> run(const guard::CheckedStatement& statement, RowSink& sink,
                   const CancelToken& cancel) override {
    auto command = splitCommandLine(statement.text());
    if (!command) return command.error();
    if (command->empty())
      return Error{.code = ErrorCode::syntax, .message = "there is no command", .position = 0};
    if (auto allowed = checkCommand(*command); !allowed) return allowed;
    if (auto started = session_->start(session_->userDatabase(), cancel); !started) return started;
    if (readOnly_)
      if (auto allowed = checkReadOnly(*session_, *command); !allowed) return allowed;
    if (auto sent = session_->send(*command); !sent) return sent;
    auto end = replyToRows(
        *command, [this](Token& token) { return session_->next(token); }, sink);
    return finish(*command, end);
  }

 private:
  Result<void> finish(const std::vector<std::string>& command, const Result<RowsEnd>& end) {
    const std::string name = sql::upperCase(command[0]);
    // Also with an error: EXECABORT.
    if (name == "EXEC" || name == "DISCARD" || name == "RESET") session_->setQueueing(false);
    if (!end) {
      // After an error reply the stream is in step; after anything else it may not be.
      if (end.error().engineCode.empty()) session_->drop();
      return end.error();
    }
    if (*end == RowsEnd::stopped) session_->drop();
    if (name == "SELECT" && command.size() == 2) rememberDatabase(command[1]);
    if (name == "MULTI") session_->setQueueing(true);
    return {};
  }

  void rememberDatabase(const std::string& text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    session_->setUserDatabase(number);
    server_.database = std::to_string(number);
  }

  std::unique_ptr<Session> session_;
  protocol::ServerInfo server_;
  bool readOnly_;
  RedisCatalogue catalogue_;
  RedisProcesses processes_;
  RedisPreflight preflight_;
  RedisProfiler profiler_;
  RedisVariables variables_;
};

class RedisEngine final : public Engine {
 public:
  explicit RedisEngine(EngineDescriptor descriptor) : descriptor_(std::move(descriptor)) {}

  const EngineDescriptor& descriptor() const override { return descriptor_; }

  Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                              const SecretSource& secrets,
                                              const CancelToken& cancel) const override {
    auto session =
        Session::open(profile, static_cast<int>(descriptor_.defaultPort), secrets, cancel);
    if (!session) return session.error();
    return std::unique_ptr<Connection>(
        std::make_unique<RedisConnection>(std::move(*session), profile));
  }

 private:
  EngineDescriptor descriptor_;
};

EngineDescriptor descriptor(std::string id, std::string title, std::string scheme) {
  return {.id = std::move(id),
          .title = std::move(title),
          .schemes = {scheme, scheme + "s"},
          .dialect = "redis",
          .defaultPort = 6379,
          .isFile = false,
          .facets = {Facet::catalogue, Facet::processes, Facet::profile, Facet::variables}};
}

}  // namespace
}  // namespace redis

std::vector<const Engine*> redisEngines() {
  static const redis::RedisEngine redisEngine(redis::descriptor("redis", "Redis", "redis"));
  static const redis::RedisEngine valkeyEngine(redis::descriptor("valkey", "Valkey", "valkey"));
  return {&redisEngine, &valkeyEngine};
}

}  // namespace mydba
