// Methods whose subject has not landed yet. Each moves to its own file with its subject.

#include "dispatch.h"

namespace mydba::server::handlers {
namespace {

Error notYet(Call& call) {
  return {.code = ErrorCode::unsupported, .message = call.method() + " is not in this build"};
}

}  // namespace

Result<protocol::SampleResult> sampleCreate(Call& call, const protocol::SampleParams&,
                                            Stream<protocol::SampleProgress>&) {
  return notYet(call);
}

}  // namespace mydba::server::handlers
