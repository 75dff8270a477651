#include "engines/redis/error_reply.h"

#include <algorithm>
#include <string>

#include "engines/redis/command_line.h"

namespace mydba::redis {
namespace {

struct KnownError {
  std::string_view prefix;
  ErrorCode code;
  bool retryable;
  std::string_view hint;
};

// Prefixes of src/server.c (shared objects), src/acl.c and src/cluster.c of Redis 7.0.
constexpr KnownError knownErrors[] = {
    {"NOAUTH", ErrorCode::authFailed, false, "give a password, and a user if the server has ACLs"},
    {"WRONGPASS", ErrorCode::authFailed, false, "check user and password"},
    {"DENIED", ErrorCode::authFailed, false,
     "the server is in protected mode: set a password on it, or connect from its own machine"},
    {"NOPERM", ErrorCode::server, false, "ask for the ACL permission, or use another user"},
    {"LOADING", ErrorCode::server, true, "the server reads its data into memory: try again soon"},
    {"BUSY", ErrorCode::server, true, "a script runs: wait, or end it with SCRIPT KILL"},
    {"MASTERDOWN", ErrorCode::server, true, "the replica has lost its primary"},
    {"CLUSTERDOWN", ErrorCode::server, true, "the cluster does not serve this slot now"},
    {"TRYAGAIN", ErrorCode::server, true, "the slot is being moved: try again soon"},
    {"READONLY", ErrorCode::server, false, "this is a replica: connect to the primary to write"},
    {"WRONGTYPE", ErrorCode::server, false, "TYPE tells what the key holds"},
    {"OOM", ErrorCode::server, false, "the server has reached maxmemory: delete keys or raise it"},
    {"MISCONF", ErrorCode::server, false,
     "the server cannot save to disk and therefore refuses writes: see its log"},
    {"NOREPLICAS", ErrorCode::server, true, "too few replicas are connected"},
    {"EXECABORT", ErrorCode::server, false, "a command before EXEC was wrong: nothing was done"},
};

/// `MOVED 3999 127.0.0.1:6381`, `ASK 3999 127.0.0.1:6381`
Error redirection(std::string_view prefix, std::string_view rest) {
  const std::size_t blank = rest.find(' ');
  const std::string slot = displayText(rest.substr(0, blank));
  const std::string node =
      blank == std::string_view::npos ? "another node" : displayText(rest.substr(blank + 1));
  return {.code = ErrorCode::server,
          .message = "the key (slot " + slot + ") is on another node of the cluster: " + node,
          .engineCode = std::string(prefix),
          .hint = "connect to " + node + " and run the command there"};
}

bool saysSyntax(std::string_view text) {
  return text.starts_with("unknown command") || text.starts_with("unknown subcommand") ||
         text.starts_with("wrong number of arguments") || text.starts_with("syntax error");
}

}  // namespace

Error errorOfReply(std::string_view text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  std::string_view prefix = text.substr(0, end);
  std::string_view rest = text.substr(std::min(end + 1, text.size()));
  const bool isPrefix = !prefix.empty() && std::all_of(prefix.begin(), prefix.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '_';
  });
  if (!isPrefix) {
    prefix = "ERR";
    rest = text;
  }
  if (prefix == "MOVED" || prefix == "ASK") return redirection(prefix, rest);
  Error error{.code = ErrorCode::server,
              .message = displayText(rest.empty() ? prefix : rest),
              .engineCode = std::string(prefix)};
  while (error.message.ends_with('.')) error.message.pop_back();
  for (const KnownError& known : knownErrors) {
    if (known.prefix != prefix) continue;
    error.code = known.code;
    error.retryable = known.retryable;
    error.hint = known.hint;
  }
  if (prefix == "ERR" && saysSyntax(rest)) {
    error.code = ErrorCode::syntax;
    error.position = 0;
  }
  return error;
}

}  // namespace mydba::redis
