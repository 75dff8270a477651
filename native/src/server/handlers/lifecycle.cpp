#include "dispatch.h"
#include "server/server.h"

namespace mydba::server::handlers {

Result<protocol::InitializeResult> initialize(Call&, const protocol::InitializeParams&) {
  protocol::InitializeResult result{
      .version = MYDBA_VERSION, .protocolVersion = protocol::protocolVersion, .engines = {}};
  for (const Engine* engine : engines()) result.engines.push_back(engine->descriptor());
  return result;
}

Result<protocol::Empty> sync(Call& call, const protocol::Empty&) {
  if (auto quiet = call.server().waitUntilAnswered(call.sequence(), call.cancel()); !quiet)
    return quiet.error();
  return protocol::Empty{};
}

Result<protocol::Empty> shutdown(Call& call, const protocol::Empty&) {
  call.server().closeAllSessions();
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
