#include <chrono>
#include <cstdio>
#include <optional>

#include "ai/intent/read_intent.h"
#include "base/utf8.h"
#include "cli/catalogue_file.h"
#include "cli/flags.h"
#include "cli/json_lines.h"
#include "cli/report.h"

namespace mydba::cli {
namespace {

using ai::intent::Intent;
using ai::intent::IntentContext;

rpc::Json document(const Intent& intent) {
  return {{"intent", intent.name},
          {"sql", intent.sql ? rpc::Json(*intent.sql) : rpc::Json()},
          {"tables", intent.tables},
          {"limit", intent.limit ? rpc::Json(*intent.limit) : rpc::Json()},
          {"confirm", intent.confirm}};
}

void printText(const Intent& intent) {
  std::printf("%s%s\n", std::string(intent.name).c_str(),
              intent.confirm ? ", to be confirmed" : "");
  for (const auto& table : intent.tables) std::printf("  table: %s\n", printable(table).c_str());
  if (intent.limit) std::printf("  limit: %lld\n", static_cast<long long>(*intent.limit));
  if (intent.sql) std::printf("  sql: %s\n", printable(*intent.sql).c_str());
}

std::string textOf(const rpc::Json& object, const char* member) {
  const bool there = object.is_object() && object.contains(member) && object[member].is_string();
  return there ? object[member].get<std::string>() : std::string();
}

/// [{text, intent, sql, tables}], the oldest first: earlier answers with the sentence that they
/// were for.
Result<ai::intent::Conversation> conversationOf(const rpc::Json& list) {
  if (!list.is_array())
    return Error{.code = ErrorCode::invalidParams, .message = "history: expected list"};
  ai::intent::Conversation turns;
  for (const rpc::Json& item : list) {
    ai::intent::Turn turn{.text = textOf(item, "text"), .intent = textOf(item, "intent")};
    if (const std::string sql = textOf(item, "sql"); !sql.empty()) turn.sql = sql;
    if (item.is_object() && item.contains("tables") && item["tables"].is_array())
      for (const rpc::Json& table : item["tables"])
        if (table.is_string()) turn.tables.push_back(table.get<std::string>());
    turns.push_back(std::move(turn));
  }
  return turns;
}

/// {id, text, dialect?, history?}
Result<rpc::Json> answerLine(const rpc::Json& line, IntentContext context) {
  if (!line.is_object() || !line.contains("text") || !line["text"].is_string())
    return Error{.code = ErrorCode::invalidParams, .message = "text: expected string"};
  if (line.contains("dialect") && line["dialect"].is_string()) {
    context.dialect = sql::findDialect(line["dialect"].get<std::string>());
    if (!context.dialect)
      return Error{.code = ErrorCode::invalidParams, .message = "dialect: unknown"};
  }
  ai::intent::Conversation history;
  if (line.contains("history")) {
    auto turns = conversationOf(line["history"]);
    if (!turns) return turns.error();
    history = std::move(*turns);
    context.history = &history;
  }
  return document(readIntent(line["text"].get<std::string>(), context));
}

/// The sentence of the arguments; of stdin without one, or for `-`.
Result<std::string> sentenceOf(const ParsedArguments& parsed) {
  if (parsed.positional.empty() || parsed.positional[0] == "-") return readText(parsed);
  std::string text;
  for (const std::string& word : parsed.positional) text += (text.empty() ? "" : " ") + word;
  if (!validUtf8(text))
    return Error{.code = ErrorCode::invalidParams, .message = "the text is not UTF-8"};
  return text;
}

}  // namespace

Exit askIntent(Arguments arguments) {
  constexpr Flag flags[] = {{"dialect", true}, {"catalogue", true}, {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("ask intent", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto dialect = dialectOf(*parsed);
  if (!dialect) return fail("ask intent", dialect.error(), json);
  using namespace std::chrono;
  IntentContext context{.dialect = *dialect, .now = floor<seconds>(system_clock::now())};
  std::optional<ai::intent::Schema> schema;
  if (const auto file = parsed->value("catalogue")) {
    auto read = readCatalogueFile(*file);
    if (!read) return fail("ask intent", read.error(), json);
    schema = std::move(*read);
    context.schema = &*schema;
  }
  if (parsed->has("jsonl"))
    return eachJsonLine([&](const rpc::Json& line) { return answerLine(line, context); });
  const auto text = sentenceOf(*parsed);
  if (!text) return fail("ask intent", text.error(), json);
  const Intent intent = readIntent(*text, context);
  json ? printJson(document(intent)) : printText(intent);
  return Exit::done;
}

}  // namespace mydba::cli
