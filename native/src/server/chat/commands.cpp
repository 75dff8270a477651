#include "server/chat/commands.h"

namespace mydba::server::chat {

void answer(Turn& turn, protocol::ChatCommand command) {
  using protocol::ChatCommand;
  switch (command) {
    case ChatCommand::ask: return ask(turn);
    case ChatCommand::analyze: return analyze(turn);
    case ChatCommand::explain: return explain(turn);
    case ChatCommand::profile: return profile(turn);
    case ChatCommand::optimize: return optimize(turn);
    case ChatCommand::schema: return schema(turn);
    case ChatCommand::processlist: return processlist(turn);
    case ChatCommand::variables: return variables(turn);
    case ChatCommand::compare: return compare(turn);
    case ChatCommand::connections: return connections(turn);
    case ChatCommand::help: return help(turn);
  }
}

}  // namespace mydba::server::chat
