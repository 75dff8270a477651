#include "dispatch.h"
#include "server/chat/commands.h"

namespace mydba::server::handlers {

Result<protocol::ChatResult> chatAsk(Call& call, const protocol::ChatParams& params,
                                     Stream<protocol::ChatItem>& stream) {
  chat::Turn turn(call, params, stream);
  chat::answer(turn, params.command);
  if (call.cancel().cancelled()) return call.cancel().error();
  return turn.end();
}

}  // namespace mydba::server::handlers
