#include "base/error.h"

namespace mydba {

std::string_view name(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalidParams: return "invalidParams";
    case ErrorCode::methodNotFound: return "methodNotFound";
    case ErrorCode::notConnected: return "notConnected";
    case ErrorCode::connectFailed: return "connectFailed";
    case ErrorCode::authFailed: return "authFailed";
    case ErrorCode::refused: return "refused";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::syntax: return "syntax";
    case ErrorCode::server: return "server";
    case ErrorCode::connectionLost: return "connectionLost";
    case ErrorCode::timeout: return "timeout";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::tooLarge: return "tooLarge";
    case ErrorCode::io: return "io";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

}  // namespace mydba
