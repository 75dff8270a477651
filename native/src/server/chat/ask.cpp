// A question in the user's own words: what it asks for is read by rules first, so that the common
// questions need no model.

#include "ai/answers.h"
#include "ai/chat/model_text.h"
#include "ai/chat/table_search.h"
#include "ai/intent/read_intent.h"
#include "ai/intent/relevant_tables.h"
#include "ai/markdown.h"
#include "base/utf8.h"
#include "engines/engine.h"
#include "rag/document.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"
#include "server/server.h"

namespace mydba::server::chat {
namespace {

using ai::intent::Intent;
using protocol::ChatCommand;

constexpr std::size_t shownPassage = 900;
/// What a model is told of a database; it may ask for more.
constexpr std::size_t mostSentTables = 8;

/// The tables that the question seems to be about; an empty schema where the engine has none.
ai::intent::Schema tablesOf(Turn& turn) {
  turn.progress("Looking for the tables that are meant");
  std::string question = turn.params().prompt;
  for (const auto& table :
       turn.memory.turns.empty() ? std::vector<std::string>() : turn.memory.turns.back().tables)
    question += " " + table;
  auto schema =
      turn.onMeta<ai::intent::Schema>([question, cancel = turn.call().cancel()](
                                          Connection& connection) -> Result<ai::intent::Schema> {
        Catalogue* catalogue = connection.catalogue();
        if (!catalogue || !connection.explainer()) return ai::intent::Schema{};
        return ai::tablesFor(question, *catalogue, cancel);
      });
  return schema ? std::move(*schema) : ai::intent::Schema{};
}

ai::SchemaPart partOf(const ai::intent::SchemaTable& table) {
  ai::SchemaPart part{.schema = table.schema, .name = table.name};
  for (const auto& column : table.columns)
    part.columns.push_back({.name = column.name, .type = column.type});
  for (const auto& key : table.foreignKeys)
    part.references.push_back(
        {.columns = key.columns, .table = key.table, .referenced = key.references});
  return part;
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
void fromDocuments(Turn& turn) {
  turn.findDocuments(turn.params().prompt, 5);
  showPassage(turn);
  askModel(turn, "ask");
}

/// Rows that are asked for: as a statement, checked, to be run by the user.
void fromRows(Turn& turn, const Intent& intent) {
  turn.remembered.sql = intent.sql;
  if (intent.sql) {
    turn.facts.sql = intent.sql;
    (void)showProposal(turn, *intent.sql, "As your question reads by MyDBA's rules:");
  } else {
    turn.say("The rules do not find one statement that answers this.\n\n");
  }
  turn.findDocuments(turn.params().prompt, 2);
  askModel(turn, "ask");
  if (intent.sql) turn.followUp(ChatCommand::explain, "Explain it");
}

/// A change: shown, never run from here.
void fromChange(Turn& turn, const Intent& intent) {
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
  turn.findDocuments(turn.params().prompt, 2);
  askModel(turn, "ask");
}

/// The command that an intent is; nothing when it is answered here.
void (*commandOf(std::string_view intent))(Turn&) {
  if (intent == "analyze") return analyze;
  if (intent == "explain") return explain;
  if (intent == "profile") return profile;
  if (intent == "optimize") return optimize;
  if (intent == "schema") return schema;
  if (intent == "monitor") return processlist;
  if (intent == "variable") return variables;
  return nullptr;
}

}  // namespace

void ask(Turn& turn) {
  if (turn.params().prompt.find_first_not_of(" \t\r\n") == std::string::npos) return help(turn);
  if (!turn.params().sessionId) {
    fromDocuments(turn);
    return (void)turn.connected();
  }
  const auto session = turn.session();
  if (!session) return turn.fail(session.error());
  const ai::intent::Schema known = tablesOf(turn);
  const ai::intent::Conversation history = turn.memory.conversation();
  using namespace std::chrono;
  const Intent intent =
      ai::intent::readIntent(turn.params().prompt, {.dialect = &(*session)->dialect(),
                                                    .schema = &known,
                                                    .now = floor<seconds>(system_clock::now()),
                                                    .history = &history});
  turn.remembered.intent = std::string(intent.name);
  turn.remembered.tables = intent.tables;
  for (const auto id : ai::intent::relevantTables(turn.params().prompt, known, mostSentTables))
    turn.facts.schema.push_back(partOf(known.tables[id]));
  if (intent.name == "help") return help(turn);
  if (intent.name == "modify") return fromChange(turn, intent);
  if (intent.name == "retrieve" || intent.name == "count") return fromRows(turn, intent);
  const auto command = commandOf(intent.name);
  const bool wantsStatement =
      command == analyze || command == explain || command == profile || command == optimize;
  // What is meant by "it" is the statement of the question, the editor's or the last one; a
  // question about statements in general is for the documents.
  if (!command ||
      (wantsStatement && !intent.sql && !turn.params().editorSql && !turn.memory.lastSql()))
    return fromDocuments(turn);
  turn.meant(intent.sql, intent.tables);
  command(turn);
}

}  // namespace mydba::server::chat
