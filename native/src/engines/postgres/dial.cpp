#include "engines/postgres/dial.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/wait.h"
#include "engines/postgres/failure.h"
#include "net/resolve.h"

namespace mydba::postgres {
namespace {

using protocol::ConnectionProfile;
using protocol::TlsMode;

constexpr std::int64_t defaultPort = 5432;
constexpr std::chrono::milliseconds defaultTimeout{10000};

/// One place to connect to: a numeric address or the directory of a Unix socket.
struct Address {
  std::string host;
  std::string hostaddr;  // empty for a socket
  std::string port;

  std::string text() const {
    return hostaddr.empty() ? host + "/.s.PGSQL." + port : host + " port " + port;
  }
};

std::string_view sslModeOf(TlsMode mode) {
  switch (mode) {
    case TlsMode::disable: return "disable";
    case TlsMode::prefer: return "prefer";
    case TlsMode::require: return "require";
    case TlsMode::verifyCa: return "verify-ca";
    case TlsMode::verifyFull: return "verify-full";
  }
  return "prefer";
}

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

bool knownToLibpq(std::string_view keyword) {
  const std::unique_ptr<PQconninfoOption, FreeOptions> known(PQconndefaults());
  for (const auto* option = known.get(); option && option->keyword; ++option)
    if (keyword == option->keyword) return true;
  return false;
}

/// Keywords that would contradict a field of the profile, hide a secret in it, or break what this
/// engine relies on.
constexpr std::array<std::string_view, 9> ownKeywords = {
    "host",     "hostaddr",        "port",        "user",   "dbname",
    "password", "client_encoding", "replication", "service"};

Result<void> addOption(Parameters& parameters, const protocol::NamedValue& option) {
  if (std::find(ownKeywords.begin(), ownKeywords.end(), option.name) != ownKeywords.end())
    return Error{.code = ErrorCode::invalidParams,
                 .message = "the option \"" + option.name + "\" cannot be set here",
                 .hint = "use the connection's own fields"};
  if (!knownToLibpq(option.name))
    return Error{.code = ErrorCode::invalidParams,
                 .message = "PostgreSQL has no connection option \"" + option.name + "\"",
                 .hint = "remove it; libpq's manual lists the parameter key words"};
  parameters[option.name] = option.value;
  return {};
}

/// The directory and port of a Unix socket, which may be given as the directory or as the file.
Address socketAddress(const std::string& path, const std::string& port) {
  constexpr std::string_view prefix = ".s.PGSQL.";
  const auto slash = path.rfind('/');
  const auto file = slash == path.npos ? path : path.substr(slash + 1);
  if (file.compare(0, prefix.size(), prefix) != 0) return {path, "", port};
  return {slash == path.npos ? "." : path.substr(0, slash), "", file.substr(prefix.size())};
}

Result<std::vector<Address>> addressesOf(const ConnectionProfile& profile,
                                         const CancelToken& cancel, Deadline deadline) {
  const auto port = std::to_string(profile.port.value_or(defaultPort));
  if (profile.socket && !profile.socket->empty())
    return std::vector<Address>{socketAddress(*profile.socket, port)};
  const std::string host =
      profile.host && !profile.host->empty() ? *profile.host : std::string("127.0.0.1");
  if (host.front() == '/') return std::vector<Address>{socketAddress(host, port)};
  auto numeric = net::resolve(host, cancel, deadline);
  if (!numeric) return numeric.error();
  std::vector<Address> addresses;
  for (auto& address : *numeric) addresses.push_back({host, std::move(address), port});
  return addresses;
}

/// What became of one attempt.
struct Attempt {
  ConnectionHandle connection;
  std::optional<Error> error;
  bool answered = false;  // by a server, whatever it said: other addresses are pointless
  bool passwordCanHelp = false;
};

Result<void> poll(PGconn* connection, const CancelToken& cancel, Deadline deadline) {
  auto state = PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK) {
    if (state == PGRES_POLLING_FAILED)
      return Error{.code = ErrorCode::connectFailed, .message = PQerrorMessage(connection)};
    const auto waited =
        waitFor(PQsocket(connection), state == PGRES_POLLING_READING ? Ready::read : Ready::write,
                cancel, deadline);
    if (!waited) return waited.error();
    state = PQconnectPoll(connection);
  }
  return {};
}

ConnectionHandle startConnection(const Parameters& parameters) {
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& [keyword, value] : parameters) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  return ConnectionHandle(PQconnectStartParams(keywords.data(), values.data(), 0));
}

Attempt tryOne(Parameters parameters, const Address& address, const CancelToken& cancel,
               Deadline deadline) {
  parameters["host"] = address.host;
  parameters["hostaddr"] = address.hostaddr;
  parameters["port"] = address.port;
  Attempt attempt{.connection = startConnection(parameters)};
  PGconn* connection = attempt.connection.get();
  if (!connection) {
    attempt.error = Error{.code = ErrorCode::internal, .message = "libpq is out of memory"};
    return attempt;
  }
  PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
  // A bad parameter fails at once and leaves no socket to wait for.
  const auto polled = PQstatus(connection) == CONNECTION_BAD
                          ? Result<void>(Error{.message = PQerrorMessage(connection)})
                          : poll(connection, cancel, deadline);
  if (polled) {
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
    PQsetnonblocking(connection, 1);
    return attempt;
  }
  if (cancel.cancelled()) {
    attempt.error = cancel.error();
    attempt.answered = true;
  } else if (polled.error().code == ErrorCode::timeout) {
    attempt.error = Error{.code = ErrorCode::timeout,
                          .message = address.text() + " did not answer in time",
                          .hint = "check host, port and firewall, or raise the connect time-out",
                          .retryable = true};
  } else {
    attempt.error = connectFailure(polled.error().message, address.text());
    attempt.answered = !attempt.error->engineCode.empty() || PQconnectionNeedsPassword(connection);
    attempt.passwordCanHelp =
        PQconnectionNeedsPassword(connection) ||
        (PQconnectionUsedPassword(connection) && attempt.error->code == ErrorCode::authFailed);
  }
  return attempt;
}

/// Address after address; those that are left share the time that is left.
Attempt tryAll(const Parameters& parameters, const std::vector<Address>& addresses,
               const CancelToken& cancel, Clock::time_point deadline) {
  Attempt attempt;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto now = Clock::now();
    const auto share = (deadline - now) / static_cast<long>(addresses.size() - i);
    attempt = tryOne(parameters, addresses[i], cancel, now + share);
    if (!attempt.error || attempt.answered) break;
  }
  return attempt;
}

}  // namespace

Result<Parameters> parametersOf(const ConnectionProfile& profile) {
  Parameters parameters{{"application_name", "MyDBA"}};
  if (profile.options)
    for (const auto& option : *profile.options)
      if (const auto added = addOption(parameters, option); !added) return added.error();
  if (profile.user && !profile.user->empty()) parameters["user"] = *profile.user;
  if (profile.database && !profile.database->empty()) parameters["dbname"] = *profile.database;
  if (profile.tls || !parameters.contains("sslmode"))
    parameters["sslmode"] = sslModeOf(profile.tls.value_or(TlsMode::prefer));
  if (profile.tlsCa && !profile.tlsCa->empty()) parameters["sslrootcert"] = *profile.tlsCa;
  parameters["client_encoding"] = "UTF8";
  return parameters;
}

Result<ConnectionHandle> dial(const ConnectionProfile& profile, const SecretSource& secrets,
                              const CancelToken& cancel) {
  auto parameters = parametersOf(profile);
  if (!parameters) return parameters.error();
  const auto timeout = profile.connectTimeoutMs
                           ? std::chrono::milliseconds(*profile.connectTimeoutMs)
                           : defaultTimeout;
  const auto deadline = Clock::now() + timeout;
  const auto addresses = addressesOf(profile, cancel, deadline);
  if (!addresses) return addresses.error();
  auto attempt = tryAll(*parameters, *addresses, cancel, deadline);
  if (attempt.passwordCanHelp && secrets) {
    auto password = secrets(protocol::SecretKind::password);
    if (!password) return password.error();
    if (*password) {
      (*parameters)["password"] = **password;
      // Asking may have taken the user a minute.
      attempt = tryAll(*parameters, *addresses, cancel, Clock::now() + timeout);
    }
  }
  if (attempt.error) return std::move(*attempt.error);
  return std::move(attempt.connection);
}

}  // namespace mydba::postgres
