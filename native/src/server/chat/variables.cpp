// /variables: settings of the server.

#include "advise/variables/judge.h"
#include "ai/answers.h"
#include "ai/variables_answer.h"
#include "engines/engine.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"

namespace mydba::server::chat {

void variables(Turn& turn) {
  if (!turn.connected()) return;
  const auto session = turn.session();
  if (!session) return turn.fail(session.error());
  const std::string& engine = (*session)->profile().engine;
  turn.progress("Reading the settings");
  const auto list = turn.onMeta<protocol::VariableList>(
      [cancel = turn.call().cancel()](Connection& connection) -> Result<protocol::VariableList> {
        Variables* variables = connection.variables();
        if (!variables)
          return Error{.code = ErrorCode::unsupported,
                       .message = connection.server().flavour + " has no settings to list"};
        return variables->list("", cancel);
      });
  const std::string& wanted = turn.params().prompt;
  if (list) {
    const auto cite = [&turn](const protocol::Citation& citation) { return turn.cite(citation); };
    turn.say(ai::variablesAnswer(*list, wanted, engine, cite));
    for (auto& found : advise::judgeVariables(list->variables, engine))
      turn.facts.findings.push_back(std::move(found.finding));
  } else {
    turn.fail(list.error());
  }
  turn.findDocuments(wanted.empty() ? "settings that matter" : wanted, 3);
  askModel(turn, "variables");
}

}  // namespace mydba::server::chat
