// The second process of instruments.cpp: switches on, waits, sets back.

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <thread>

#include "base/embedded.h"
#include "engines/mysql/instruments.h"
#include "engines/mysql/session.h"
#include "rpc/json.h"

namespace mydba::mysql {
namespace {

constexpr std::chrono::seconds connectLimit{10}, restoreLimit{60};
constexpr std::chrono::milliseconds pauseBetweenTries{500};

/// What was off, as it was.
struct Found {
  Rows consumers;
  Rows instruments;
};

class InstrumentsProcess {
 public:
  Result<void> run() {
    const auto target = readTarget();
    if (!target) return target.error();
    target_ = *target;
    if (const auto changed = switchOn(); !changed) {
      const auto restored = restore();
      tell(restored ? changed.error() : restored.error());
      return changed;
    }
    tell("changed");
    waitForEnd();
    const auto restored = restore();
    restored ? tell("restored") : tell(restored.error());
    return restored;
  }

 private:
  static Result<Target> readTarget() {
    std::string line;
    for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar())
      line += static_cast<char>(c);
    const auto json = rpc::Json::parse(line, nullptr, /*allow_exceptions=*/false);
    const Error wrong{.code = ErrorCode::invalidParams,
                      .message = "this command is one that MyDBA starts by itself"};
    if (!json.is_object()) return wrong;
    Target target;
    for (const auto& [name, field] : {std::pair{"host", &target.host},
                                      {"socket", &target.socket},
                                      {"user", &target.user},
                                      {"password", &target.password},
                                      {"tlsCa", &target.tlsCa}}) {
      if (!json.contains(name) || !json[name].is_string()) return wrong;
      *field = json[name].get<std::string>();
    }
    if (!json.contains("port") || !json["port"].is_number_unsigned()) return wrong;
    if (!json.contains("tls") || !json["tls"].is_number_integer()) return wrong;
    target.port = json["port"].get<unsigned>();
    target.tls = static_cast<protocol::TlsMode>(json["tls"].get<int>());
    return target;
  }

  Result<void> connect() {
    if (session_ && session_->alive()) return {};
    auto session = Session::connect(target_, connectLimit, /*readOnly=*/false, {});
    if (!session) return session.error();
    session_ = std::move(*session);
    // A server may refuse an UPDATE whose WHERE has no key.
    return session_->execute("SET SESSION sql_safe_updates = 0", {});
  }

  Result<void> run(std::string_view sql, std::initializer_list<std::string_view> values) {
    const auto done = session_->query(sql, values, {});
    return done ? Result<void>() : done.error();
  }

  Result<void> switchOn() {
    if (const auto connected = connect(); !connected) return connected;
    auto consumers = session_->query(embeddedSql("mysql", "consumers"), {});
    if (!consumers) return consumers.error();
    auto instruments = session_->query(embeddedSql("mysql", "instruments"), {});
    if (!instruments) return instruments.error();
    found_ = {std::move(*consumers), std::move(*instruments)};
    // An UPDATE that fails may have changed some rows: these tables have no transactions.
    const auto on = session_->execute(embeddedSql("mysql", "instruments_on"), {});
    return on ? session_->execute(embeddedSql("mysql", "consumers_on"), {}) : on;
  }

  /// The helper says nothing more: what comes is its end.
  static void waitForEnd() {
    std::array<char, 64> ignored{};
    for (;;) {
      const auto count = ::read(STDIN_FILENO, ignored.data(), ignored.size());
      if (count == 0 || (count < 0 && errno != EINTR)) return;
    }
  }

  Result<void> restore() {
    if (found_.consumers.empty() && found_.instruments.empty()) return {};
    const auto deadline = Clock::now() + restoreLimit;
    for (;;) {
      const auto restored = tryRestore();
      const bool final = restored || restored.error().code == ErrorCode::server;
      if (final || Clock::now() >= deadline) return restored;
      std::this_thread::sleep_for(pauseBetweenTries);
    }
  }

  Result<void> tryRestore() {
    if (const auto connected = connect(); !connected) return connected;
    // The consumers first: from then on nothing is recorded any more.
    for (const Row& row : found_.consumers)
      if (const auto set = run(embeddedSql("mysql", "consumer_restore"),
                               {row[1].value_or("NO"), row[0].value_or("")});
          !set)
        return set;
    for (const Row& row : found_.instruments)
      if (const auto set = run(embeddedSql("mysql", "instrument_restore"),
                               {row[1].value_or("NO"), row[2].value_or("NO"), row[0].value_or("")});
          !set)
        return set;
    return {};
  }

  void tell(const char* what) const {
    std::printf("{\"%s\":%zu}\n", what, found_.consumers.size() + found_.instruments.size());
    std::fflush(stdout);
  }

  static void tell(const Error& error) {
    const rpc::Json json = {{"error", error.message}, {"number", error.engineCode}};
    std::puts(json.dump(-1, ' ', true, rpc::Json::error_handler_t::replace).c_str());
    std::fflush(stdout);
  }

  Target target_;
  std::unique_ptr<Session> session_;
  Found found_;
};

}  // namespace

Result<void> restoreInstruments() {
  // Nothing but the end of stdin and SIGKILL ends it before it has set back.
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) std::signal(number, SIG_IGN);
  return InstrumentsProcess().run();
}

}  // namespace mydba::mysql
