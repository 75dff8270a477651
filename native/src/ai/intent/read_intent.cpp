#include "ai/intent/read_intent.h"

#include <algorithm>

#include "ai/intent/mentions.h"
#include "ai/intent/rules.h"
#include "ai/intent/sentence.h"
#include "guard/judge.h"
#include "sql/keyword.h"
#include "sql/splitter.h"
#include "sql/statement.h"

namespace mydba::ai::intent {
namespace {

std::string spelled(const Schema* schema, const sql::ObjectName& name) {
  if (schema)
    for (const SchemaTable& table : schema->tables)
      if (sql::lowerCase(table.name) == sql::lowerCase(name.name)) return table.name;
  return name.name;
}

void addTable(Intent& intent, std::string name) {
  if (std::ranges::find(intent.tables, name) == intent.tables.end())
    intent.tables.push_back(std::move(name));
}

void addTables(Intent& intent, const std::string& sql, const IntentContext& context) {
  for (const sql::StatementRange& range : sql::split(sql, *context.dialect)) {
    const auto text = std::string_view(sql).substr(range.start, range.end - range.start);
    for (const sql::TableUse& use : sql::readStatement(text, *context.dialect).tables)
      addTable(intent, spelled(context.schema, use.table));
  }
}

/// What a statement that stands alone asks for.
std::string_view intentOf(const std::string& sql, const sql::Dialect& dialect) {
  const auto statement = sql::readStatement(sql, dialect);
  using enum sql::StatementKind;
  switch (statement.kind) {
    case select: return "retrieve";
    case explain: return "explain";
    case describe:
    case show: return "schema";
    default: return "modify";
  }
}

}  // namespace

Intent readIntent(std::string_view text, const IntentContext& context) {
  const Sentence sentence = readSentence(text, *context.dialect);
  const Schema guessed = context.schema ? Schema() : guessSchema(sentence);
  const Schema& schema = context.schema ? *context.schema : guessed;
  const Mentions mentions = findMentions(sentence, schema);

  Intent intent;
  intent.name = decide(sentence, mentions);
  if (!sentence.sql.empty()) {
    if (sentence.size() == 1) intent.name = intentOf(sentence.sql, *context.dialect);
    intent.sql = sentence.sql;
    addTables(intent, sentence.sql, context);
  }
  for (const Mention& mention : mentions)
    if (!mention.tables.empty()) addTable(intent, schema.tables[mention.tables[0]].name);
  intent.confirm = intent.name == "modify" ||
                   (intent.sql && !guard::judge(*intent.sql, *context.dialect, {}).readOnly);
  return intent;
}

}  // namespace mydba::ai::intent
