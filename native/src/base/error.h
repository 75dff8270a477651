#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mydba {

/// What kind of failure this is, so that a caller can act without reading prose.
/// The names are those of `ErrorCode` in protocol/schema/base.json.
enum class ErrorCode {
  invalidParams,
  methodNotFound,
  notConnected,
  connectFailed,
  authFailed,
  refused,
  unsupported,
  syntax,
  server,
  connectionLost,
  timeout,
  cancelled,
  tooLarge,
  io,
  internal,
};

/// The wire spelling of a code: `connectionLost`.
std::string_view name(ErrorCode code);

/// A failure as a value. It is what crosses every layer here; exceptions of libraries stop where
/// they are called.
struct Error {
  ErrorCode code = ErrorCode::internal;
  /// One sentence for people, without a trailing full stop; never holds a secret.
  std::string message;
  /// The engine's own code: SQLSTATE, MySQL error number, SQLite extended code, Redis prefix.
  std::string engineCode;
  /// Byte offset into the SQL text that was sent, from 0.
  std::optional<std::int64_t> position;
  /// What the user can do about it.
  std::string hint;
  /// True when the same call may succeed later without a change.
  bool retryable = false;
};

}  // namespace mydba
