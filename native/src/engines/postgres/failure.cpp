#include "engines/postgres/failure.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

namespace mydba::postgres {
namespace {

// PostgreSQL manual, appendix A "PostgreSQL Error Codes".
struct KnownState {
  std::string_view state;
  ErrorCode code;
  bool retryable;
  std::string_view hint;
};

constexpr std::array knownStates = {
    KnownState{"28P01", ErrorCode::authFailed, false, "check the user name and the password"},
    KnownState{"28000", ErrorCode::authFailed, false,
               "the server does not let this user in from here: check user, database and TLS "
               "mode, and the server's pg_hba.conf"},
    KnownState{"3D000", ErrorCode::connectFailed, false, "name a database that exists"},
    KnownState{"53300", ErrorCode::connectFailed, true,
               "the server has no free connection: close some, or raise max_connections"},
    KnownState{"57P03", ErrorCode::connectFailed, true,
               "the server is starting up or shutting down: try again in a moment"},
    KnownState{"57P01", ErrorCode::connectionLost, true, "an administrator ended the connection"},
    KnownState{"57P02", ErrorCode::connectionLost, true, "the server crashed and restarts"},
    KnownState{"57P05", ErrorCode::connectionLost, true, "the session was idle for too long"},
    KnownState{"25P03", ErrorCode::connectionLost, true, "the transaction was idle for too long"},
    KnownState{"25006", ErrorCode::refused, false, "the connection or the server is read-only"},
    KnownState{"25P02", ErrorCode::server, false,
               "an earlier statement of this transaction failed: end it with ROLLBACK"},
    KnownState{"42601", ErrorCode::syntax, false, ""},
    KnownState{"42501", ErrorCode::server, false,
               "the user lacks a privilege: ask the object's owner to GRANT it"},
    KnownState{"40001", ErrorCode::server, true, "run the transaction again"},
    KnownState{"40P01", ErrorCode::server, true, "run the transaction again"},
    KnownState{"55P03", ErrorCode::server, true, "another session holds the lock"},
};

const KnownState* findState(std::string_view state) {
  const auto found = std::find_if(knownStates.begin(), knownStates.end(),
                                  [&](const KnownState& known) { return known.state == state; });
  return found == knownStates.end() ? nullptr : &*found;
}

void applyState(Error& error) {
  const KnownState* known = findState(error.engineCode);
  if (!known) return;
  error.code = known->code;
  error.retryable = known->retryable;
  if (error.hint.empty()) error.hint = known->hint;
}

std::string_view fieldOf(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text ? text : "";
}

std::string_view withoutFullStop(std::string_view text) {
  while (!text.empty() && (text.back() == '.' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

/// The message with its detail: `duplicate key …: Key (id)=(1) already exists`.
std::string messageOf(const PGresult* result) {
  std::string message(withoutFullStop(fieldOf(result, PG_DIAG_MESSAGE_PRIMARY)));
  const auto detail = withoutFullStop(fieldOf(result, PG_DIAG_MESSAGE_DETAIL));
  if (!detail.empty()) message.append(": ").append(detail);
  return message;
}

std::string_view firstLine(std::string_view text) { return text.substr(0, text.find('\n')); }

/// Finds `SEVERITY:  SQLSTATE: message`; the severity is a word in the server's language.
struct ServerSays {
  std::string_view state;
  std::string_view message;
};

std::optional<ServerSays> serverSays(std::string_view text) {
  constexpr std::size_t stateLength = 5;
  for (auto at = text.find(":  "); at != std::string_view::npos; at = text.find(":  ", at + 1)) {
    const auto rest = text.substr(at + 3);
    const auto state = rest.substr(0, stateLength);
    const bool wellFormed = rest.size() > stateLength + 2 && rest.substr(stateLength, 2) == ": " &&
                            std::all_of(state.begin(), state.end(), [](unsigned char c) {
                              return std::isdigit(c) || std::isupper(c);
                            });
    if (wellFormed) return ServerSays{state, firstLine(rest.substr(stateLength + 2))};
  }
  return std::nullopt;
}

/// What libpq itself says of an address, past its `connection to server at … failed: `.
std::string_view clientSays(std::string_view text) {
  constexpr std::string_view failed = " failed: ";
  const auto at = text.find(failed);
  return firstLine(at == std::string_view::npos ? text : text.substr(at + failed.size()));
}

std::string_view hintFor(std::string_view message) {
  const auto has = [&](std::string_view part) { return message.find(part) != message.npos; };
  if (has("refused") || has("No such file"))
    return "check that the server is running and that host and port are right";
  if (has("does not support SSL")) return "choose the TLS mode `prefer` or `disable`";
  if (has("root certificate")) return "name the PEM file with the server's authority";
  if (has("certificate verify failed"))
    return "the server's certificate is not signed by the given authority: name the right PEM file";
  if (has("does not match host name"))
    return "connect by the name in the server's certificate, or choose the TLS mode `verifyCa`";
  if (has("no password supplied")) return "give a password for this connection";
  return "check host, port and the network";
}

}  // namespace

std::int64_t byteOffset(std::string_view sql, std::int64_t character) {
  std::size_t at = 0;
  const auto continues = [&](std::size_t i) {
    return i < sql.size() && (static_cast<unsigned char>(sql[i]) & 0xC0) == 0x80;
  };
  for (std::int64_t left = character - 1; left > 0 && at < sql.size(); --left) {
    ++at;
    while (continues(at)) ++at;
  }
  return static_cast<std::int64_t>(at);
}

Error failureOf(const PGresult* result, std::string_view sql) {
  Error error{.code = ErrorCode::server,
              .message = messageOf(result),
              .engineCode = std::string(fieldOf(result, PG_DIAG_SQLSTATE)),
              .hint = std::string(withoutFullStop(fieldOf(result, PG_DIAG_MESSAGE_HINT)))};
  // libpq reports its own failures, such as a lost connection, as results without fields.
  if (error.message.empty())
    error.message = withoutFullStop(firstLine(PQresultErrorMessage(result)));
  const auto position = fieldOf(result, PG_DIAG_STATEMENT_POSITION);
  std::int64_t character = 0;
  const auto read = std::from_chars(position.data(), position.data() + position.size(), character);
  if (read.ec == std::errc() && character > 0) error.position = byteOffset(sql, character);
  applyState(error);
  return error;
}

Error connectionLost(const PGconn* connection) {
  const auto why = withoutFullStop(firstLine(PQerrorMessage(connection)));
  return {.code = ErrorCode::connectionLost,
          .message = why.empty() ? "the connection to the server is lost" : std::string(why),
          .hint = "connect again",
          .retryable = true};
}

Error connectFailure(std::string_view libpqMessage, std::string_view where) {
  if (const auto said = serverSays(libpqMessage)) {
    Error error{.code = ErrorCode::connectFailed,
                .message = std::string(said->message),
                .engineCode = std::string(said->state),
                .hint = "",
                .retryable = false};
    applyState(error);
    return error;
  }
  const auto why = clientSays(libpqMessage);
  const bool auth = why.find("no password supplied") != why.npos;
  return {.code = auth ? ErrorCode::authFailed : ErrorCode::connectFailed,
          .message = "cannot connect to " + std::string(where) + ": " + std::string(why),
          .hint = std::string(hintFor(why)),
          .retryable = !auth};
}

}  // namespace mydba::postgres
