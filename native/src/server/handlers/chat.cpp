#include "dispatch.h"
#include "server/chat/commands.h"

namespace mydba::server::handlers {
namespace {

using protocol::ChatCommand;

void answer(chat::Turn& turn) {
  switch (turn.params().command) {
    case ChatCommand::ask: return chat::ask(turn);
    case ChatCommand::analyze: return chat::analyze(turn);
    case ChatCommand::explain: return chat::explain(turn);
    case ChatCommand::profile: return chat::profile(turn);
    case ChatCommand::optimize: return chat::optimize(turn);
    case ChatCommand::schema: return chat::schema(turn);
    case ChatCommand::processlist: return chat::processlist(turn);
    case ChatCommand::variables: return chat::variables(turn);
    case ChatCommand::compare: return chat::compare(turn);
    case ChatCommand::connections: return chat::connections(turn);
    case ChatCommand::help: return chat::help(turn);
  }
}

}  // namespace

Result<protocol::ChatResult> chatAsk(Call& call, const protocol::ChatParams& params,
                                     Stream<protocol::ChatItem>& stream) {
  chat::Turn turn(call, params, stream);
  answer(turn);
  if (call.cancel().cancelled()) return call.cancel().error();
  return turn.end();
}

}  // namespace mydba::server::handlers
