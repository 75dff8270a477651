#include "server/error_json.h"

namespace mydba::server {
namespace {

/// Codes of JSON-RPC 2.0 (section 5.1) and of the Language Server Protocol (RequestCancelled).
int jsonRpcCode(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalidParams: return -32602;
    case ErrorCode::methodNotFound: return -32601;
    case ErrorCode::internal: return -32603;
    case ErrorCode::cancelled: return -32800;
    default: return -32000;
  }
}

}  // namespace

rpc::Json errorJson(const Error& error) {
  rpc::Json data = {{"code", name(error.code)}};
  if (!error.engineCode.empty()) data["engineCode"] = error.engineCode;
  if (error.position) data["position"] = *error.position;
  if (!error.hint.empty()) data["hint"] = error.hint;
  if (error.retryable) data["retryable"] = true;
  return {{"code", jsonRpcCode(error.code)}, {"message", error.message}, {"data", std::move(data)}};
}

}  // namespace mydba::server
