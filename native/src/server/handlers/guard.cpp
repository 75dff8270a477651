#include "dispatch.h"
#include "server/server.h"

namespace mydba::server::handlers {

Result<protocol::Empty> guardConfigure(Call& call, const protocol::GuardSettings& settings) {
  call.server().configure(settings);
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
