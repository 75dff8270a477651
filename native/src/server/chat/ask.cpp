// A question in the user's own words: what it asks for is read by rules first, so that the common
// questions need no model.

#include "ai/answers.h"
#include "ai/chat/asked.h"
#include "ai/chat/model_text.h"
#include "ai/chat/table_search.h"
#include "ai/markdown.h"
#include "base/utf8.h"
#include "rag/document.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"
#include "server/server.h"

namespace mydba::server::chat {
namespace {

using ai::intent::Intent;
using protocol::ChatCommand;

constexpr std::size_t shownPassage = 900;

/// The tables that the question seems to be about; an empty schema where the engine has none.
ai::intent::Schema tablesOf(Turn& turn) {
  turn.progress("Looking for the tables that are meant");
  auto schema = turn.onMeta<ai::intent::Schema>(
      [question = turn.params().prompt, history = turn.memory.conversation(),
       cancel = turn.call().cancel()](Connection& connection) {
        return ai::tablesFor(question, history, connection, cancel);
      });
  return schema ? std::move(*schema) : ai::intent::Schema{};
}

/// The beginning of the best document, up to the end of a paragraph. Ours is Markdown; what the
/// user's folder holds is shown as text.
void showPassage(Turn& turn) {
  if (turn.facts.documents.empty()) return;
  const rag::Hit& hit = turn.facts.documents.front();
  const protocol::Citation citation{.anchor = hit.anchor, .title = hit.title, .url = hit.url};
  const auto document = rag::findDocument(hit.anchor);
  if (!document)
    return turn.say("**" + ai::escaped(hit.title) + "**" + turn.cite(citation) + "\n" +
                    ai::codeBlock("", utf8Prefix(hit.text, shownPassage)));
  std::string_view text = document->text;
  // Its own heading is the title again.
  text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  if (text.starts_with("# ")) text.remove_prefix(std::min(text.find('\n'), text.size()));
  text = utf8Prefix(text, shownPassage);
  if (const std::size_t end = text.rfind("\n\n"); end != text.npos && end > 200)
    text = text.substr(0, end);
  turn.say("**" + ai::escaped(document->title) + "**" + turn.cite(citation) + "\n\n");
  // Its links are left to the document itself, which the citation opens.
  ai::ModelText plain({.show = [&turn](std::string markdown) { turn.say(std::move(markdown)); },
                       .sql = {},
                       .cited = {}});
  plain.feed(text);
  plain.finish();
  turn.say("\n\n");
}

/// A question about the engine, or one that no rule understands.
void fromDocuments(Turn& turn, std::size_t documents) {
  turn.findDocuments(turn.params().prompt, documents);
  showPassage(turn);
  askModel(turn, "ask");
}

/// Rows that are asked for: as a statement, checked, to be run by the user.
void fromRows(Turn& turn, const ai::Asked& asked) {
  const Intent& intent = asked.intent;
  turn.remembered.sql = intent.sql;
  if (intent.sql) {
    turn.facts.sql = intent.sql;
    (void)showProposal(turn, *intent.sql, "As your question reads by MyDBA's rules:");
  } else {
    turn.say("The rules do not find one statement that answers this.\n\n");
  }
  turn.findDocuments(turn.params().prompt, asked.documents);
  askModel(turn, "ask");
  if (intent.sql) turn.followUp(ChatCommand::explain, "Explain it");
}

/// A change: shown, never run from here.
void fromChange(Turn& turn, const ai::Asked& asked) {
  const Intent& intent = asked.intent;
  turn.remembered.sql = intent.sql;
  if (intent.sql)
    turn.say(
        "This changes data, so nothing was run. Open it in an editor, where MyDBA shows what "
        "it would do and asks before it does it:\n" +
        ai::codeBlock("sql", *intent.sql));
  else
    turn.say(
        "This asks for a change. I run none from a question: write the statement in an editor, "
        "where MyDBA shows what it would do and asks before it does it.\n");
  if (intent.sql)
    turn.offer({.title = "Open in an editor",
                .action = protocol::ChatAction::applySql,
                .sql = *intent.sql});
  turn.findDocuments(turn.params().prompt, asked.documents);
  askModel(turn, "ask");
}

}  // namespace

void ask(Turn& turn) {
  if (turn.params().prompt.find_first_not_of(" \t\r\n") == std::string::npos) return help(turn);
  if (!turn.params().sessionId) {
    fromDocuments(turn, ai::Asked().documents);
    return (void)turn.connected();
  }
  const auto session = turn.session();
  if (!session) return turn.fail(session.error());
  const ai::intent::Schema known = tablesOf(turn);
  const ai::intent::Conversation history = turn.memory.conversation();
  using namespace std::chrono;
  ai::Asked asked = ai::readAsked(turn.params().prompt,
                                  {.dialect = &(*session)->dialect(),
                                   .schema = &known,
                                   .now = floor<seconds>(system_clock::now()),
                                   .history = &history},
                                  turn.params().editorSql || turn.memory.lastSql());
  turn.remembered.intent = std::string(asked.intent.name);
  turn.remembered.tables = asked.intent.tables;
  turn.facts.schema = std::move(asked.tables);
  if (asked.rows) return fromRows(turn, asked);
  if (asked.intent.name == "modify") return fromChange(turn, asked);
  if (asked.command == ChatCommand::ask) return fromDocuments(turn, asked.documents);
  if (asked.command != ChatCommand::help) turn.meant(asked.intent.sql, asked.intent.tables);
  answer(turn, asked.command);
}

}  // namespace mydba::server::chat
