#pragma once

// Glue of the generated dispatch table: decode the params, call the handler, encode its result.

#include "server/call.h"
#include "server/methods.h"

namespace mydba::server {

template <typename Params, auto handler>
Result<rpc::Json> callOnce(Call& call, const rpc::Json& json) {
  Params params;
  rpc::DecodePath path(call.method() + " params");
  if (!protocol::decode(json, params, path))
    return Error{.code = ErrorCode::invalidParams, .message = path.failure()};
  auto result = handler(call, params);
  if (!result) return result.error();
  return protocol::encode(*result);
}

template <typename Params, typename Item, auto handler, bool conflate, bool frames>
Result<rpc::Json> callStreaming(Call& call, const rpc::Json& json) {
  Params params;
  rpc::DecodePath path(call.method() + " params");
  if (!protocol::decode(json, params, path))
    return Error{.code = ErrorCode::invalidParams, .message = path.failure()};
  Stream<Item> stream(call.streamState(), conflate, /*itemsCost=*/!frames);
  auto result = handler(call, params, stream);
  if (!result) return result.error();
  return protocol::encode(*result);
}

}  // namespace mydba::server
