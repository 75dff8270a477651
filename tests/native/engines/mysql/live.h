#pragma once

// Real servers for the tests of this folder. Each variable holds a URL mysql://user@host:port/db.

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "engines/engine.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"

namespace mydba::test {

struct LiveServer {
  std::string variable;
  protocol::ConnectionProfile profile;
};

/// Enough of a URL for the servers of scripts/db.
inline protocol::ConnectionProfile profileOf(const std::string& url) {
  protocol::ConnectionProfile profile;
  const auto scheme = url.find("://");
  auto rest = url.substr(scheme + 3);
  profile.engine = url.substr(0, scheme);
  if (const auto query = rest.find('?'); query != std::string::npos) {
    constexpr std::string_view socket = "?socket=";
    if (rest.compare(query, socket.size(), socket) == 0)
      profile.socket = rest.substr(query + socket.size());
    rest.resize(query);
  }
  if (const auto slash = rest.find('/'); slash != std::string::npos) rest.resize(slash);
  if (const auto at = rest.find('@'); at != std::string::npos) {
    profile.user = rest.substr(0, rest.find(':') < at ? rest.find(':') : at);
    rest = rest.substr(at + 1);
  }
  const auto colon = rest.find(':');
  profile.host = rest.substr(0, colon);
  if (colon != std::string::npos) profile.port = std::stoll(rest.substr(colon + 1));
  profile.tls = protocol::TlsMode::prefer;
  return profile;
}

inline std::optional<std::string> passwordOf(const std::string& url) {
  const auto start = url.find("://") + 3;
  const auto at = url.find('@', start), colon = url.find(':', start);
  if (at == std::string::npos || colon == std::string::npos || colon > at) return {};
  return url.substr(colon + 1, at - colon - 1);
}

inline std::vector<LiveServer> liveServers() {
  std::vector<LiveServer> servers;
  for (const char* variable : {"MYDBA_TEST_MYSQL", "MYDBA_TEST_MARIADB", "MYDBA_TEST_MARIADB_11_8"})
    if (const char* url = std::getenv(variable)) servers.push_back({variable, profileOf(url)});
  if (servers.empty()) WARN("SKIPPED: MYDBA_TEST_MYSQL and MYDBA_TEST_MARIADB are not set");
  return servers;
}

inline std::unique_ptr<Connection> connectTo(const LiveServer& server) {
  const auto password = passwordOf(std::getenv(server.variable.c_str()));
  auto connection = findEngine(server.profile.engine)
                        ->connect(server.profile,
                                  [&](protocol::SecretKind) -> Result<std::optional<std::string>> {
                                    return password;
                                  },
                                  {});
  if (!connection) FAIL(server.variable << ": " << connection.error().message);
  return std::move(*connection);
}

/// Keeps everything, or stops after `limit` rows; `onRow` is called for every row.
struct Collected : RowSink {
  struct Set {
    std::vector<protocol::Column> columns;
    std::vector<std::vector<std::optional<std::string>>> rows;
    std::optional<ResultSetEnd> end;
  };
  std::vector<Set> sets;
  std::vector<std::string> notices;
  std::size_t limit = SIZE_MAX;
  std::size_t seen = 0;
  bool keep = true;
  std::function<void()> onRow;

  bool begin(std::span<const protocol::Column> columns) override {
    sets.push_back({{columns.begin(), columns.end()}, {}, {}});
    return true;
  }
  bool row(std::span<const Cell> cells) override {
    ++seen;
    if (onRow) onRow();
    if (keep) {
      auto& row = sets.back().rows.emplace_back();
      for (const Cell& cell : cells)
        row.push_back(cell.isNull() ? std::nullopt : std::optional(std::string(cell.text())));
    }
    return seen < limit;
  }
  void end(const ResultSetEnd& end) override { sets.back().end = end; }
  void notice(std::string_view, std::string_view message) override {
    notices.emplace_back(message);
  }
};

/// Runs statements that must succeed; the rows of the last one.
inline Collected must(Connection& connection, std::initializer_list<std::string_view> statements) {
  Collected last;
  for (const auto sql : statements) {
    last = {};
    const auto ran = connection.run(unchecked(sql), last, {});
    if (!ran) FAIL(sql.substr(0, 200) << ": " << ran.error().message);
  }
  return last;
}

/// A new database that the connection uses, as long as this lives. What it has of an earlier run
/// that was cut off goes first.
class LiveDatabase {
 public:
  LiveDatabase(Connection& connection, std::string name)
      : connection_(connection), name_(std::move(name)) {
    must(connection,
         {"DROP DATABASE IF EXISTS " + name_, "CREATE DATABASE " + name_, "USE " + name_});
  }
  LiveDatabase(const LiveDatabase&) = delete;
  LiveDatabase& operator=(const LiveDatabase&) = delete;
  ~LiveDatabase() {
    Collected ignored;
    // A test that failed may have left a lock to another connection.
    for (const auto& sql : {std::string("SET lock_wait_timeout = 5"), "DROP DATABASE " + name_})
      static_cast<void>(connection_.run(unchecked(sql), ignored, {}));
  }

 private:
  Connection& connection_;
  std::string name_;
};

inline std::string single(Connection& connection, std::string_view sql) {
  auto result = must(connection, {sql});
  REQUIRE(!result.sets.empty());
  REQUIRE(!result.sets[0].rows.empty());
  return result.sets[0].rows[0][0].value_or("NULL");
}

}  // namespace mydba::test
