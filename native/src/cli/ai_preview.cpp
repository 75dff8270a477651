#include <cstdio>

#include "ai/provider_kind.h"
#include "ai/question.h"
#include "cli/flags.h"
#include "cli/json_lines.h"
#include "cli/report.h"

namespace mydba::cli {
namespace {

struct Preview {
  ai::RequestBytes request;
  ai::MaskCounts masked;
};

/// Nothing of this connects to anything: a provider is made, and asked what it would send.
class Previewer {
 public:
  static Result<Previewer> make(const ParsedArguments& parsed) {
    const std::string id = parsed.value("provider").value_or("openai");
    ai::ProviderSettings settings;
    settings.baseUrl = parsed.value("base-url").value_or("");
    auto provider = ai::makeProvider(id, settings);
    if (!provider) return provider.error();
    const std::string names = parsed.value("names").value_or("keep");
    if (names != "keep" && names != "alias")
      return Error{.code = ErrorCode::invalidParams,
                   .message = "--names is `" + names + "`",
                   .hint = "give keep or alias"};
    return Previewer(std::move(*provider), parsed.value("model").value_or("model"),
                     names == "alias" ? ai::NamePolicy::alias : ai::NamePolicy::keep);
  }

  Result<Preview> preview(std::string_view text, const sql::Dialect& dialect) const {
    ai::Redactor redactor(names_, dialect);
    const ai::RedactedQuestion question = ai::redactQuestion(redactor, text);
    auto request = provider_->preview(ai::requestOf(question, model_));
    if (!request) return request.error();
    return Preview{std::move(*request), question.text.masked()};
  }

 private:
  Previewer(std::unique_ptr<ai::Provider> provider, std::string model, ai::NamePolicy names)
      : provider_(std::move(provider)), model_(std::move(model)), names_(names) {}

  std::unique_ptr<ai::Provider> provider_;
  std::string model_;
  ai::NamePolicy names_;
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

Result<rpc::Json> answer(const rpc::Json& line, const Previewer& previewer,
                         const sql::Dialect& fallback) {
  const auto text = line.find("text");
  if (text == line.end() || !text->is_string())
    return Error{.code = ErrorCode::invalidParams,
                 .message = "a line has no text",
                 .hint = "write {\"id\": 1, \"text\": \"…\"}"};
  const sql::Dialect* dialect = &fallback;
  if (const auto named = line.find("dialect"); named != line.end()) {
    dialect = named->is_string() ? sql::findDialect(named->get<std::string>()) : nullptr;
    if (!dialect)
      return Error{.code = ErrorCode::invalidParams, .message = "there is no such dialect"};
  }
  const auto preview = previewer.preview(text->get<std::string>(), *dialect);
  if (!preview) return preview.error();
  return jsonOf(*preview);
}

}  // namespace

Exit aiPreview(Arguments arguments) {
  static constexpr Flag flags[] = {{"provider", true}, {"base-url", true}, {"model", true},
                                   {"names", true},    {"dialect", true},  {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("ai preview", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto dialect = dialectOf(*parsed);
  if (!dialect) return fail("ai preview", dialect.error(), json);
  const auto previewer = Previewer::make(*parsed);
  if (!previewer) return fail("ai preview", previewer.error(), json);
  if (parsed->has("jsonl"))
    return eachJsonLine([&](const rpc::Json& line) { return answer(line, *previewer, **dialect); });
  if (parsed->positional.size() != 1)
    return fail("ai preview",
                {.code = ErrorCode::invalidParams,
                 .message = "one text is wanted",
                 .hint = "put the question or statement in quotes; - reads it from stdin"},
                json);
  Result<std::string> text = parsed->positional[0];
  if (*text == "-") text = readText(*parsed);
  if (!text) return fail("ai preview", text.error(), json);
  const auto preview = previewer->preview(*text, **dialect);
  if (!preview) return fail("ai preview", preview.error(), json);
  if (json)
    printJson(jsonOf(*preview));
  else
    print(*preview);
  return Exit::done;
}

}  // namespace mydba::cli
