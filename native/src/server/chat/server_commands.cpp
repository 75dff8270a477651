// /schema, /processlist, /connections, /help: what is there.

#include "ai/answers.h"
#include "ai/chat/process_facts.h"
#include "engines/engine.h"
#include "privacy/redactor.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"

namespace mydba::server::chat {
namespace {

using protocol::ChatAction;
using protocol::ChatCommand;

Result<protocol::ProcessSnapshot> processesOf(Turn& turn) {
  turn.progress("Reading the process list");
  return turn.onMeta<protocol::ProcessSnapshot>(
      [cancel = turn.call().cancel()](Connection& connection) -> Result<protocol::ProcessSnapshot> {
        Processes* list = connection.processes();
        if (!list)
          return Error{.code = ErrorCode::unsupported,
                       .message = connection.server().flavour +
                                  " has no sessions: a database file is only open in the "
                                  "programs that use it"};
        auto sessions = list->list(cancel);
        if (sessions) privacy::maskSecrets(*sessions, dialectOf(connection));
        return sessions;
      });
}

}  // namespace

void schema(Turn& turn) {
  if (!turn.connected()) return;
  turn.progress("Reading the catalogue");
  const auto facts =
      turn.onMeta<ai::SchemaFacts>([wanted = turn.subject(), cancel = turn.call().cancel()](
                                       Connection& connection) -> Result<ai::SchemaFacts> {
        Catalogue* catalogue = connection.catalogue();
        if (!catalogue)
          return Error{.code = ErrorCode::unsupported, .message = "this engine has no object tree"};
        return ai::readSchema(*catalogue, wanted, cancel);
      });
  if (facts) {
    turn.say(ai::schemaAnswer(*facts));
    turn.findDocuments("designing tables: keys, indexes, data types " + turn.params().prompt, 3);
  } else {
    turn.fail(facts.error());
  }
  askModel(turn, "schema");
  turn.followUp(ChatCommand::processlist, "Who is connected?");
}

void processlist(Turn& turn) {
  if (!turn.connected()) return;
  const auto session = turn.session();
  if (!session) return turn.fail(session.error());
  const auto snapshot = processesOf(turn);
  const auto cite = [&turn](const protocol::Citation& citation) { return turn.cite(citation); };
  if (snapshot) {
    turn.facts.findings = ai::processFacts(*snapshot, (*session)->profile().engine);
    turn.say((turn.facts.findings.empty() ? std::string("Nobody waits and nothing stays open.\n\n")
                                          : ai::findingsAnswer(turn.facts.findings, cite) + "\n") +
             ai::processesAnswer(*snapshot));
    turn.offer({.title = "Open the process list", .action = ChatAction::openProcesses});
  } else {
    turn.fail(snapshot.error());
  }
  turn.findDocuments("list of connections and what they run; who blocks whom", 3);
  askModel(turn, "processlist");
  turn.followUp(ChatCommand::variables, "Which settings matter?");
}

void connections(Turn& turn) {
  turn.say(ai::connectionsAnswer(turn.params().sessions, turn.params().sessionId));
  turn.offer({.title = "Add a connection", .action = ChatAction::addConnection});
  if (turn.params().sessions.empty())
    turn.offer({.title = "Open the sample database", .action = ChatAction::openSample});
  turn.findDocuments("connection strings and connection pools", 2);
  if (turn.params().sessionId)
    turn.followUp(ChatCommand::schema, "What is in the active database?");
}

void help(Turn& turn) {
  turn.say(ai::helpAnswer());
  offerModel(turn);
  turn.findDocuments("how to read a query plan", 2);
  turn.followUp(ChatCommand::schema, "What is in this database?");
  turn.followUp(ChatCommand::explain, "Explain the statement under the cursor");
}

}  // namespace mydba::server::chat
