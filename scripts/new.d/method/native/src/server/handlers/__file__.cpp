#include "dispatch.h"
#include "server/call.h"

namespace mydba::server::handlers {

Result<protocol::Empty> __name__(Call& call, const protocol::Empty&) {
  return Error{.code = ErrorCode::unsupported, .message = call.method() + " is not written yet"};
}

}  // namespace mydba::server::handlers
