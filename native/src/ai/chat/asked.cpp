#include "ai/chat/asked.h"

#include <algorithm>

#include "ai/intent/relevant_tables.h"

namespace mydba::ai {
namespace {

using protocol::ChatCommand;

constexpr std::size_t mostSentTables = 8;

SchemaPart partOf(const intent::SchemaTable& table) {
  SchemaPart part{.schema = table.schema, .name = table.name};
  for (const auto& column : table.columns)
    part.columns.push_back({.name = column.name, .type = column.type});
  for (const auto& key : table.foreignKeys)
    part.references.push_back(
        {.columns = key.columns, .table = key.table, .referenced = key.references});
  return part;
}

struct Way {
  std::string_view intent;
  ChatCommand command;
  bool ofStatement = false;
};

constexpr Way ways[] = {
    {"analyze", ChatCommand::analyze, true}, {"explain", ChatCommand::explain, true},
    {"profile", ChatCommand::profile, true}, {"optimize", ChatCommand::optimize, true},
    {"schema", ChatCommand::schema},         {"monitor", ChatCommand::processlist},
    {"variable", ChatCommand::variables},    {"help", ChatCommand::help}};

/// What is meant by "it" is the statement of the question, the editor's or the last one; a question
/// about statements in general is for the documents.
ChatCommand commandOf(const intent::Intent& intent, bool statementAtHand) {
  const auto way = std::ranges::find(ways, intent.name, &Way::intent);
  if (way == std::end(ways)) return ChatCommand::ask;
  return way->ofStatement && !intent.sql && !statementAtHand ? ChatCommand::ask : way->command;
}

}  // namespace

Asked readAsked(std::string_view text, const intent::IntentContext& context, bool statementAtHand) {
  Asked asked{.intent = intent::readIntent(text, context), .tables = {}};
  asked.command = commandOf(asked.intent, statementAtHand);
  for (const auto id : intent::relevantTables(text, *context.schema, mostSentTables))
    asked.tables.push_back(partOf(context.schema->tables[id]));
  asked.rows = asked.intent.name == "retrieve" || asked.intent.name == "count";
  if (asked.rows || asked.intent.name == "modify") asked.documents = 2;
  return asked;
}

}  // namespace mydba::ai
