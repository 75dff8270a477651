#include "ai/provider.h"

namespace mydba::ai {

Result<RequestBytes> Provider::preview(const ChatRequest&) const {
  return Error{.code = ErrorCode::unsupported,
               .message = descriptor().name + " has no request of its own that could be shown"};
}

}  // namespace mydba::ai
