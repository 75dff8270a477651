#include <chrono>
#include <cstdio>
#include <optional>

#include "ai/chat/table_search.h"
#include "ai/intent/read_intent.h"
#include "base/utf8.h"
#include "cli/catalogue_file.h"
#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/json_lines.h"
#include "cli/open_connection.h"
#include "cli/report.h"

namespace mydba::cli {
namespace {

using ai::intent::Intent;
using ai::intent::IntentContext;
using ai::intent::Schema;

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

/// Where sentences are read: the dialect, and the tables of a file, of a server or of nowhere.
class Reader {
 public:
  Reader(const sql::Dialect& dialect, std::optional<Schema> tables)
      : dialect_(&dialect), tables_(std::move(tables)) {}
  /// Both must outlive it.
  Reader(const sql::Dialect& dialect, Connection& connection, const CancelToken& cancel)
      : dialect_(&dialect), connection_(&connection), cancel_(&cancel) {}

  /// `dialect` and `history` are null where a line says nothing of them. Errors are the server's.
  Result<Intent> read(const std::string& text, const sql::Dialect* dialect,
                      const ai::intent::Conversation* history) const {
    using namespace std::chrono;
    IntentContext context{.dialect = dialect ? dialect : dialect_,
                          .schema = tables_ ? &*tables_ : nullptr,
                          .now = floor<seconds>(system_clock::now()),
                          .history = history};
    if (!connection_) return readIntent(text, context);
    const auto tables = ai::tablesFor(text, history ? *history : ai::intent::Conversation(),
                                      *connection_, *cancel_);
    if (!tables) return tables.error();
    context.schema = &*tables;
    return readIntent(text, context);
  }

 private:
  const sql::Dialect* dialect_;
  std::optional<Schema> tables_;
  Connection* connection_ = nullptr;
  const CancelToken* cancel_ = nullptr;
};

/// {id, text, dialect?, history?}
Result<rpc::Json> answerLine(const rpc::Json& line, const Reader& reader) {
  if (!line.is_object() || !line.contains("text") || !line["text"].is_string())
    return Error{.code = ErrorCode::invalidParams, .message = "text: expected string"};
  const sql::Dialect* dialect = nullptr;
  if (line.contains("dialect") && line["dialect"].is_string()) {
    dialect = sql::findDialect(line["dialect"].get<std::string>());
    if (!dialect) return Error{.code = ErrorCode::invalidParams, .message = "dialect: unknown"};
  }
  std::optional<ai::intent::Conversation> history;
  if (line.contains("history")) {
    auto turns = conversationOf(line["history"]);
    if (!turns) return turns.error();
    history = std::move(*turns);
  }
  const auto intent =
      reader.read(line["text"].get<std::string>(), dialect, history ? &*history : nullptr);
  if (!intent) return intent.error();
  return document(*intent);
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

Exit answer(const ParsedArguments& parsed, const Reader& reader) {
  const bool json = parsed.has("json");
  if (parsed.has("jsonl"))
    return eachJsonLine([&](const rpc::Json& line) { return answerLine(line, reader); });
  const auto text = sentenceOf(parsed);
  if (!text) return fail("ask intent", text.error(), json);
  const auto intent = reader.read(*text, nullptr, nullptr);
  if (!intent) return fail("ask intent", intent.error(), json);
  json ? printJson(document(*intent)) : printText(*intent);
  return Exit::done;
}

Exit answerConnected(const ParsedArguments& parsed, const sql::Dialect* dialect) {
  Interrupt interrupt;
  const CancelToken cancel = interrupt.token();
  const auto open = openConnection(*parsed.value("url"), /*readOnly=*/true, cancel);
  if (!open) return fail("connect", open.error(), parsed.has("json"));
  Connection& connection = *open->connection;
  return answer(parsed, Reader(dialect ? *dialect : dialectOf(connection), connection, cancel));
}

}  // namespace

Exit askIntent(Arguments arguments) {
  constexpr Flag flags[] = {
      {"dialect", true}, {"catalogue", true}, {"url", true}, {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("ask intent", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto dialect = dialectOf(*parsed);
  if (!dialect) return fail("ask intent", dialect.error(), json);
  const auto file = parsed->value("catalogue");
  if (parsed->has("url") && file)
    return fail("ask intent",
                {.code = ErrorCode::invalidParams,
                 .message = "--url and --catalogue both say where the tables are",
                 .hint = "give one of them"},
                json);
  if (parsed->has("url"))
    return answerConnected(*parsed, parsed->has("dialect") ? *dialect : nullptr);
  std::optional<Schema> tables;
  if (file) {
    auto read = readCatalogueFile(*file);
    if (!read) return fail("ask intent", read.error(), json);
    tables = std::move(*read);
  }
  return answer(*parsed, Reader(**dialect, std::move(tables)));
}

}  // namespace mydba::cli
