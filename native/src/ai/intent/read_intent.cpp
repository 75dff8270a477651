#include "ai/intent/read_intent.h"

#include <algorithm>

#include "ai/intent/mentions.h"
#include "ai/intent/request_reader.h"
#include "ai/intent/rules.h"
#include "ai/intent/sentence.h"
#include "ai/intent/sql_writer.h"
#include "guard/judge.h"
#include "sql/keyword.h"
#include "sql/splitter.h"
#include "sql/statement.h"

namespace mydba::ai::intent {
namespace {

std::string spelled(const Schema* schema, const std::string& name) {
  if (schema)
    for (const SchemaTable& table : schema->tables)
      if (sql::lowerCase(table.name) == sql::lowerCase(name)) return table.name;
  return name;
}

void addTable(Intent& intent, std::string name) {
  if (std::ranges::find(intent.tables, name) == intent.tables.end())
    intent.tables.push_back(std::move(name));
}

void addTables(Intent& intent, const std::string& sql, const IntentContext& context) {
  for (const sql::StatementRange& range : sql::split(sql, *context.dialect)) {
    const auto text = std::string_view(sql).substr(range.start, range.end - range.start);
    for (const sql::TableUse& use : sql::readStatement(text, *context.dialect).tables)
      addTable(intent, spelled(context.schema, use.table.name));
  }
}

void addTables(Intent& intent, const Request& request, const Schema& schema) {
  const auto add = [&](TableId table) { addTable(intent, schema.tables[table].name); };
  if (request.table) add(*request.table);
  for (const ColumnId column : request.columns) add(column.table);
  for (const Condition& condition : request.conditions) add(condition.column.table);
  for (const Related& related : request.related) add(related.table);
  for (const Group& group : request.groups) add(group.table ? *group.table : group.column->table);
}

/// What a statement that stands alone asks for.
std::string_view intentOf(const std::string& sql, const sql::Dialect& dialect) {
  using enum sql::StatementKind;
  switch (sql::readStatement(sql, dialect).kind) {
    case select: return "retrieve";
    case explain: return "explain";
    case describe:
    case show: return "schema";
    default: return "modify";
  }
}

/// Somebody tries to talk his way around the rules: nothing is built for him.
bool isHostile(const Sentence& sentence) {
  const auto has = [&](std::string_view group) {
    return std::ranges::any_of(sentence.words, [&](const Word& word) { return word.is(group); });
  };
  return has("injection") && has("injected");
}

/// A sentence of a conversation, read as far as all of them are.
struct Read {
  Sentence sentence;
  Schema guessed;
  Mentions mentions;

  Read(std::string_view text, const IntentContext& context)
      : sentence(readSentence(text, *context.dialect)) {
    if (!context.schema) guessed = guessSchema(sentence);
    mentions = findMentions(sentence, context.schema ? *context.schema : guessed);
  }
  const Schema& schema(const IntentContext& context) const {
    return context.schema ? *context.schema : guessed;
  }
  bool namesTable() const {
    return std::ranges::any_of(mentions,
                               [](const Mention& mention) { return !mention.tables.empty(); });
  }
};

bool asksForRows(std::string_view intent) { return intent == "retrieve" || intent == "count"; }

/// "and the oldest?", "only 10", "those in Berlin": it is about what was asked for before.
bool goesOn(const Sentence& sentence) {
  if (sentence.words.empty() || sentence.size() > 8) return false;
  const auto refers = [](const Word& word) {
    return word.isOneOf({"it", "them", "those", "these", "that", "they", "one", "same", "again"});
  };
  return sentence.words[0].isOneOf(
             {"and",   "only",    "just",  "but",     "what",    "how",  "now", "sort",   "sorted",
              "order", "ordered", "limit", "without", "with",    "from", "in",  "newest", "oldest",
              "top",   "first",   "last",  "then",    "instead", "also", "make"}) ||
         std::ranges::any_of(sentence.words, refers);
}

/// The request that the turns before leave; nothing when the last one was about something else.
std::optional<Request> requestBefore(const IntentContext& context) {
  std::optional<Request> request;
  if (!context.history || !context.schema) return request;
  const Conversation& turns = *context.history;
  const std::size_t first = turns.size() - std::min(turns.size(), rememberedTurns);
  for (std::size_t at = first; at < turns.size(); ++at) {
    // "explain it" in between leaves the rows that it was about.
    if (!asksForRows(turns[at].intent)) continue;
    const Read read(turns[at].text, context);
    const bool follows = request && !read.namesTable() && goesOn(read.sentence);
    request = RequestReader(read.sentence, read.mentions, *context.schema, context.now)
                  .read(turns[at].intent == "count", follows ? request : std::nullopt);
  }
  return request && request->table ? request : std::nullopt;
}

void readRows(Intent& intent, const Read& read, const IntentContext& context) {
  const Schema& schema = read.schema(context);
  std::optional<Request> before;
  if (!read.namesTable() && goesOn(read.sentence)) before = requestBefore(context);
  RequestReader reader(read.sentence, read.mentions, schema, context.now);
  const Request request = reader.read(intent.name == "count", before);
  if (intent.name == "general") {
    // It goes on with what was asked before, or with nothing.
    if (!before || !request.complete) return;
    intent.name = "retrieve";
  }
  intent.limit = request.limit;
  addTables(intent, request, schema);
  if (!context.dialect->lineCommands) intent.sql = writeSelect(request, schema, *context.dialect);
}

void readChange(Intent& intent, const Read& read, const IntentContext& context) {
  const Schema& schema = read.schema(context);
  const Sentence& sentence = read.sentence;
  const auto begins = [&](std::string_view group) {
    for (const Word& word : sentence.words)
      if (!word.is("polite")) return word.is(group);
    return false;
  };
  RequestReader reader(sentence, read.mentions, schema, context.now);
  if (context.dialect->lineCommands) return;
  if (begins("delete") && !begins("drop")) {
    intent.sql = writeDelete(reader.read(false), schema, *context.dialect);
  } else if (begins("change")) {
    const auto assigned = reader.readAssignment();
    if (assigned) intent.sql = writeUpdate(reader.read(false), *assigned, schema, *context.dialect);
  }
}

/// "explain it": the last statement of the conversation.
void referBack(Intent& intent, const IntentContext& context) {
  if (!context.history || intent.sql) return;
  const bool about = intent.name == "explain" || intent.name == "profile" ||
                     intent.name == "optimize" || intent.name == "analyze";
  for (auto turn = context.history->rbegin(); turn != context.history->rend() && about; ++turn) {
    if (!turn->sql) continue;
    intent.sql = turn->sql;
    addTables(intent, *turn->sql, context);
    return;
  }
  // "delete them"
  if (intent.name == "modify" && intent.tables.empty() && !context.history->empty())
    for (const std::string& table : context.history->back().tables) addTable(intent, table);
}

}  // namespace

Intent readIntent(std::string_view text, const IntentContext& context) {
  const Read read(text, context);
  Intent intent;
  intent.name = decide(read.sentence, read.mentions);
  if (!read.sentence.sql.empty()) {
    if (read.sentence.size() == 1) intent.name = intentOf(read.sentence.sql, *context.dialect);
    intent.sql = read.sentence.sql;
    addTables(intent, *intent.sql, context);
  }
  for (const Mention& mention : read.mentions)
    if (!mention.tables.empty())
      addTable(intent, read.schema(context).tables[mention.tables[0]].name);
  if (!intent.sql && !isHostile(read.sentence)) {
    if (asksForRows(intent.name) || (intent.name == "general" && context.history))
      readRows(intent, read, context);
    else if (intent.name == "modify")
      readChange(intent, read, context);
    else
      intent.limit = RequestReader(read.sentence, read.mentions, read.schema(context), context.now)
                         .readLimit();
    referBack(intent, context);
  }
  intent.confirm = intent.name == "modify" ||
                   (intent.sql && !guard::judge(*intent.sql, *context.dialect, {}).readOnly);
  return intent;
}

}  // namespace mydba::ai::intent
