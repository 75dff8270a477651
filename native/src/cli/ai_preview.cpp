// The request is composed by the chat's own code (ai/chat/compose.h) from what its answer to a
// question without a command begins with: documents and, with --url, the tables of the catalogue.

#include <chrono>
#include <cstdio>
#include <optional>

#include "ai/chat/asked.h"
#include "ai/chat/compose.h"
#include "ai/chat/table_search.h"
#include "ai/provider_kind.h"
#include "ai/redact/private_words.h"
#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/json_lines.h"
#include "cli/open_connection.h"
#include "cli/own_documents.h"
#include "cli/report.h"
#include "rag/library.h"

namespace mydba::cli {
namespace {

Error wrong(std::string message, std::string hint) {
  return {.code = ErrorCode::invalidParams, .message = std::move(message), .hint = std::move(hint)};
}

struct Options {
  std::string model;
  ai::NamePolicy names = ai::NamePolicy::keep;
  ai::SchemaExtent extent = ai::SchemaExtent::names;
  const sql::Dialect* dialect = nullptr;  ///< without --dialect that of the connection
};

Result<Options> readOptions(const ParsedArguments& parsed) {
  Options options{.model = parsed.value("model").value_or("model")};
  const std::string names = parsed.value("names").value_or("keep");
  if (names != "keep" && names != "alias")
    return wrong("--names is `" + names + "`", "give keep or alias");
  if (names == "alias") options.names = ai::NamePolicy::alias;
  const std::string extent = parsed.value("schema").value_or("names");
  if (extent != "none" && extent != "names" && extent != "full")
    return wrong("--schema is `" + extent + "`", "give none, names or full");
  if (extent == "none") options.extent = ai::SchemaExtent::none;
  if (extent == "full") options.extent = ai::SchemaExtent::full;
  const auto dialect = dialectOf(parsed);
  if (!dialect) return dialect.error();
  if (parsed.has("dialect") || !parsed.has("url")) options.dialect = *dialect;
  return options;
}

struct Preview {
  ai::RequestBytes request;
  ai::MaskCounts masked;
};

/// The provider is asked what it would send, and sends nothing.
class Previewer {
 public:
  static Result<Previewer> make(const ParsedArguments& parsed, Options options) {
    ai::ProviderSettings settings;
    settings.baseUrl = parsed.value("base-url").value_or("");
    auto provider = ai::makeProvider(parsed.value("provider").value_or("openai"), settings);
    if (!provider) return provider.error();
    Previewer made(std::move(*provider), std::move(options));
    if (const auto folder = parsed.value("docs"))
      if (const auto added = addOwnDocuments(*folder, "ai preview", *made.library_); !added)
        return added.error();
    return made;
  }

  /// Reads the tables that questions are about; both must outlive it.
  void connect(const OpenConnection& open, const CancelToken& cancel) {
    open_ = &open;
    cancel_ = &cancel;
    if (!options_.dialect) options_.dialect = &dialectOf(*open.connection);
  }

  /// `dialect` is null where a line names none.
  Result<Preview> preview(const std::string& text, const sql::Dialect* dialect) const {
    const sql::Dialect& spoken = dialect ? *dialect : *options_.dialect;
    const auto asked = open_ ? askedOf(text, spoken) : ai::Asked();
    if (!asked) return asked.error();
    ai::Redactor redactor(options_.names, spoken);
    if (open_) redactor.hide(ai::privateWords(open_->profile));
    const ai::Outgoing outgoing = ai::compose({.command = "ask",
                                               .text = text,
                                               .facts = factsOf(text, *asked),
                                               .earlier = {},
                                               .connected = open_ != nullptr,
                                               .extent = options_.extent,
                                               .model = options_.model},
                                              redactor);
    auto request = provider_->preview(ai::requestOf(outgoing, /*history=*/true));
    if (!request) return request.error();
    return Preview{std::move(*request), ai::maskedIn(outgoing, /*history=*/true)};
  }

 private:
  Previewer(std::unique_ptr<ai::Provider> provider, Options options)
      : provider_(std::move(provider)),
        library_(std::make_unique<rag::Library>()),
        options_(std::move(options)) {}

  Result<ai::Asked> askedOf(const std::string& text, const sql::Dialect& dialect) const {
    const auto tables = ai::tablesFor(text, {}, *open_->connection, *cancel_);
    if (!tables) return tables.error();
    using namespace std::chrono;
    auto asked = ai::readAsked(text,
                               {.dialect = &dialect,
                                .schema = &*tables,
                                .now = floor<seconds>(system_clock::now()),
                                .history = &noTurns_},
                               /*statementAtHand=*/false);
    if (asked.command != protocol::ChatCommand::ask)
      std::fprintf(stderr,
                   "mydba: ai preview: the chat answers this with /%s, whose own facts would be "
                   "sent too and are not shown here; in the editor \"Show what would be sent\" has "
                   "them\n",
                   std::string(protocol::name(asked.command)).c_str());
    return asked;
  }

  ai::FactSheet factsOf(const std::string& text, const ai::Asked& asked) const {
    rag::Query query{.text = text, .k = asked.documents};
    query.engine = open_ ? std::string_view(open_->profile.engine) : std::string_view();
    ai::FactSheet facts{.schema = asked.tables, .documents = library_->search(query)};
    if (asked.rows) facts.sql = asked.intent.sql;
    return facts;
  }

  std::unique_ptr<ai::Provider> provider_;
  std::unique_ptr<rag::Library> library_;
  Options options_;
  const OpenConnection* open_ = nullptr;
  const CancelToken* cancel_ = nullptr;
  ai::intent::Conversation noTurns_;
};

rpc::Json jsonOf(const Preview& preview) {
  rpc::Json headers = rpc::Json::object();
  for (const auto& [name, value] : preview.request.headers) headers[name] = value;
  return {{"request",
           {{"method", preview.request.method},
            {"url", preview.request.url},
            {"headers", headers},
            {"body", preview.request.body}}},
          {"masked", preview.masked}};
}

void print(const Preview& preview) {
  std::puts(printable(preview.request.method + " " + preview.request.url).c_str());
  for (const auto& [name, value] : preview.request.headers)
    std::puts(printable(name + ": " + value).c_str());
  std::puts(("\n" + printable(preview.request.body) + "\n").c_str());
  if (preview.masked.empty()) std::puts("nothing was masked");
  for (const auto& [kind, count] : preview.masked)
    std::printf("masked: %s, %lld times\n", kind.c_str(), static_cast<long long>(count));
}

Result<rpc::Json> answerLine(const rpc::Json& line, const Previewer& previewer) {
  const auto text = line.find("text");
  if (text == line.end() || !text->is_string())
    return wrong("a line has no text", "write {\"id\": 1, \"text\": \"…\"}");
  const sql::Dialect* dialect = nullptr;
  if (const auto named = line.find("dialect"); named != line.end()) {
    dialect = named->is_string() ? sql::findDialect(named->get<std::string>()) : nullptr;
    if (!dialect)
      return Error{.code = ErrorCode::invalidParams, .message = "there is no such dialect"};
  }
  const auto preview = previewer.preview(text->get<std::string>(), dialect);
  if (!preview) return preview.error();
  return jsonOf(*preview);
}

Exit answer(const ParsedArguments& parsed, const Previewer& previewer) {
  const bool json = parsed.has("json");
  if (parsed.has("jsonl"))
    return eachJsonLine([&](const rpc::Json& line) { return answerLine(line, previewer); });
  if (parsed.positional.size() != 1)
    return fail("ai preview",
                wrong("one text is wanted",
                      "put the question or statement in quotes; - reads it from stdin"),
                json);
  Result<std::string> text = parsed.positional[0];
  if (*text == "-") text = readText(parsed);
  if (!text) return fail("ai preview", text.error(), json);
  const auto preview = previewer.preview(*text, nullptr);
  if (!preview) return fail("ai preview", preview.error(), json);
  if (json)
    printJson(jsonOf(*preview));
  else
    print(*preview);
  return Exit::done;
}

}  // namespace

Exit aiPreview(Arguments arguments) {
  static constexpr Flag flags[] = {{"url", true},   {"provider", true}, {"base-url", true},
                                   {"model", true}, {"names", true},    {"schema", true},
                                   {"docs", true},  {"dialect", true},  {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("ai preview", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto options = readOptions(*parsed);
  if (!options) return fail("ai preview", options.error(), json);
  auto previewer = Previewer::make(*parsed, *options);
  if (!previewer) return fail("ai preview", previewer.error(), json);
  const auto url = parsed->value("url");
  if (!url) return answer(*parsed, *previewer);
  Interrupt interrupt;
  const CancelToken cancel = interrupt.token();
  const auto open = openConnection(*url, /*readOnly=*/true, cancel);
  if (!open) return fail("connect", open.error(), json);
  previewer->connect(*open, cancel);
  return answer(*parsed, *previewer);
}

}  // namespace mydba::cli
