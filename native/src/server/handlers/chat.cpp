#include "ai/answers.h"
#include "dispatch.h"
#include "engines/engine.h"
#include "plan/explain.h"
#include "privacy/redactor.h"
#include "server/ask.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

using protocol::ChatAction;
using protocol::ChatButton;
using protocol::ChatCommand;
using protocol::ChatFollowup;
using protocol::ChatItem;
using protocol::ChatMarkdown;
using protocol::ChatParams;
using protocol::ChatProgress;

/// One turn: what it sends and what it offers next. A stream that was closed needs no further
/// care: sending does nothing, and the answer of a cancelled request is dropped.
class Turn {
 public:
  Turn(Call& call, const ChatParams& params, Stream<ChatItem>& stream)
      : call_(call), params_(params), stream_(stream) {}

  void answer() {
    switch (params_.command) {
      case ChatCommand::help: return say(ai::helpAnswer());
      case ChatCommand::connections: return connections();
      case ChatCommand::schema: return schema();
      case ChatCommand::explain: return explain();
      case ChatCommand::processlist: return processes();
      case ChatCommand::ask:
      case ChatCommand::analyze:
      case ChatCommand::profile:
      case ChatCommand::optimize:
      case ChatCommand::variables:
      case ChatCommand::compare: return ask();
    }
  }

  std::vector<ChatFollowup> followups() { return std::move(followups_); }

 private:
  void say(std::string markdown) { (void)stream_.send(ChatMarkdown{.text = std::move(markdown)}); }
  void progress(std::string text) { (void)stream_.send(ChatProgress{.text = std::move(text)}); }
  void offer(std::string title, ChatAction action, std::optional<std::string> sql = {}) {
    (void)stream_.send(
        ChatButton{.title = std::move(title), .action = action, .sql = std::move(sql)});
  }
  void followUp(ChatCommand command, std::string label) {
    followups_.push_back({.command = command, .prompt = "", .label = std::move(label)});
  }

  /// False, and said so, without an active connection.
  bool connected() {
    if (params_.sessionId) return true;
    say("There is no active connection. Choose one in the MyDBA sidebar, or:\n");
    offer("Open the sample database", ChatAction::openSample);
    offer("Add a connection", ChatAction::addConnection);
    return false;
  }

  void connections() {
    say(ai::connectionsAnswer(params_.sessions, params_.sessionId));
    offer("Add a connection", ChatAction::addConnection);
    if (params_.sessions.empty()) offer("Open the sample database", ChatAction::openSample);
    if (params_.sessionId) followUp(ChatCommand::schema, "What is in the active database?");
  }

  void schema() {
    if (!connected()) return;
    progress("Reading the catalogue");
    const auto facts =
        call_.onMeta<ai::SchemaFacts>(*params_.sessionId,
                                      [wanted = params_.prompt, cancel = call_.cancel()](
                                          Connection& connection) -> Result<ai::SchemaFacts> {
                                        Catalogue* catalogue = connection.catalogue();
                                        if (!catalogue)
                                          return Error{.code = ErrorCode::unsupported,
                                                       .message = "this engine has no object tree"};
                                        return ai::readSchema(*catalogue, wanted, cancel);
                                      });
    say(facts ? ai::schemaAnswer(*facts) : ai::errorAnswer(facts.error()));
    followUp(ChatCommand::processlist, "Who is connected?");
  }

  void explain() {
    if (!connected()) return;
    const std::string sql =
        params_.prompt.empty() ? params_.editorSql.value_or("") : params_.prompt;
    if (sql.empty())
      return say(
          "Which statement? Type it behind `/explain`, or put the cursor on one in a `.sql` "
          "file and ask again.\n");
    progress("Asking the server for the plan");
    const auto answer = planOf(sql);
    say(answer ? *answer : ai::errorAnswer(answer.error()));
    if (answer) {
      offer("Open the plan", ChatAction::openPlan, sql);
      offer("Run the statement", ChatAction::runQuery, sql);
    }
    followUp(ChatCommand::schema, "What is in this database?");
  }

  Result<std::string> planOf(const std::string& sql) {
    const auto session = call_.server().findSession(*params_.sessionId);
    if (!session) return session.error();
    const auto statement = call_.server().gateOf(**session).admitToExplain(
        sql, /*analyze=*/false, yesOrNo(call_, **session, protocol::AuditActor::chat));
    if (!statement) return statement.error();
    return call_.onMeta<std::string>(
        *params_.sessionId,
        [statement = *statement,
         cancel = call_.cancel()](Connection& connection) -> Result<std::string> {
          auto tree = plan::explain(connection, statement, /*analyze=*/false, cancel);
          if (!tree) return tree.error();
          return ai::planAnswer(plan::examine(std::move(*tree)), connection.server().flavour);
        });
  }

  void processes() {
    if (!connected()) return;
    progress("Reading the process list");
    const auto snapshot = call_.onMeta<protocol::ProcessSnapshot>(
        *params_.sessionId,
        [cancel = call_.cancel()](Connection& connection) -> Result<protocol::ProcessSnapshot> {
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
    say(snapshot ? ai::processesAnswer(*snapshot) : ai::errorAnswer(snapshot.error()));
    if (snapshot) offer("Open the process list", ChatAction::openProcesses);
  }

  void ask() {
    say("Free questions need an AI provider, and none is set up. This is what I answer without "
        "one:\n\n" +
        ai::helpAnswer());
    followUp(ChatCommand::schema, "What is in this database?");
    followUp(ChatCommand::explain, "Explain the statement under the cursor");
  }

  Call& call_;
  const ChatParams& params_;
  Stream<ChatItem>& stream_;
  std::vector<ChatFollowup> followups_;
};

}  // namespace

Result<protocol::ChatResult> chatAsk(Call& call, const ChatParams& params,
                                     Stream<ChatItem>& stream) {
  Turn turn(call, params, stream);
  turn.answer();
  if (call.cancel().cancelled()) return call.cancel().error();
  return protocol::ChatResult{.followups = turn.followups(), .memory = ""};
}

}  // namespace mydba::server::handlers
