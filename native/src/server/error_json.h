#pragma once

#include "base/error.h"
#include "rpc/json.h"

namespace mydba::server {

/// The `error` member of a JSON-RPC response; its `data` is protocol ErrorData.
rpc::Json errorJson(const Error& error);

}  // namespace mydba::server
