#pragma once

// A real server for the tests of this folder: MYDBA_TEST_POSTGRES is a URL of the form
// postgres://user@host:port/database.

#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/engine.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"

namespace mydba::test {

inline std::optional<protocol::ConnectionProfile> postgresProfile(
    const char* variable = "MYDBA_TEST_POSTGRES") {
  const char* url = std::getenv(variable);
  if (!url) return std::nullopt;
  const std::string text = url;
  const auto at = text.find('@');
  const auto colon = text.find(':', at);
  const auto slash = text.find('/', colon);
  const auto scheme = text.find("://") + 3;
  REQUIRE(slash != text.npos);
  protocol::ConnectionProfile profile{.id = "test", .name = "test", .engine = "postgres"};
  profile.user = text.substr(scheme, text.find_first_of(":@", scheme) - scheme);
  profile.host = text.substr(at + 1, colon - at - 1);
  profile.port = std::stoll(text.substr(colon + 1, slash - colon - 1));
  profile.database = text.substr(slash + 1, text.find('?') - slash - 1);
  return profile;
}

/// A URL may carry the password.
inline std::optional<std::string> postgresPassword() {
  const std::string text = std::getenv("MYDBA_TEST_POSTGRES");
  const auto start = text.find(':', text.find("://") + 3);
  const auto at = text.find('@');
  if (start > at) return std::nullopt;
  return text.substr(start + 1, at - start - 1);
}

inline Result<std::unique_ptr<Connection>> connectTo(const protocol::ConnectionProfile& profile,
                                                     const CancelToken& cancel = {}) {
  return findEngine("postgres")
      ->connect(
          profile,
          [](protocol::SecretKind) -> Result<std::optional<std::string>> {
            return postgresPassword();
          },
          cancel);
}

/// Collects what a statement reports.
struct CollectingSink : RowSink {
  std::vector<protocol::Column> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
  std::vector<ResultSetEnd> ends;
  std::vector<std::string> notices;
  std::size_t most = SIZE_MAX;
  std::function<void()> onRow;

  bool begin(std::span<const protocol::Column> head) override {
    columns.assign(head.begin(), head.end());
    return true;
  }
  bool row(std::span<const Cell> cells) override {
    auto& row = rows.emplace_back();
    for (const auto& cell : cells)
      row.push_back(cell.isNull() ? std::nullopt : std::optional(std::string(cell.text())));
    if (onRow) onRow();
    return rows.size() < most;
  }
  void end(const ResultSetEnd& end) override { ends.push_back(end); }
  void notice(std::string_view severity, std::string_view message) override {
    notices.push_back(std::string(severity) + ": " + std::string(message));
  }
};

/// Runs a statement that must succeed; its rows.
inline CollectingSink runOn(Connection& connection, std::string_view sql) {
  CollectingSink sink;
  const auto done = connection.run(unchecked(sql), sink, {});
  INFO(sql);
  if (!done) FAIL(done.error().message);
  return sink;
}

/// First cell of the first row.
inline std::string valueOf(Connection& connection, std::string_view sql) {
  return runOn(connection, sql).rows.at(0).at(0).value_or("NULL");
}

/// A connection to the server that a variable names; null, loudly, without one.
inline std::unique_ptr<Connection> connectionOf(const char* variable) {
  const auto profile = postgresProfile(variable);
  if (!profile) {
    WARN("SKIPPED: " << variable << " names no server to test on");
    return nullptr;
  }
  auto connection = connectTo(*profile);
  REQUIRE(connection);
  return std::move(*connection);
}

}  // namespace mydba::test

/// Skips the test case, loudly, when there is no server.
#define MYDBA_POSTGRES_PROFILE(name)                                 \
  const auto name##Found = mydba::test::postgresProfile();           \
  if (!name##Found) {                                                \
    WARN("SKIPPED: MYDBA_TEST_POSTGRES names no server to test on"); \
    return;                                                          \
  }                                                                  \
  const auto& name = *name##Found
