#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "cli/flags.h"
#include "cli/json_lines.h"
#include "cli/own_documents.h"
#include "cli/report.h"
#include "engines/engine.h"
#include "rag/library.h"

namespace mydba::cli {
namespace {

/// A question with what narrows it; owns what a rag::Query only looks at.
struct Question {
  std::string text;
  std::optional<std::string> engine;
  std::optional<std::string> version;
  std::vector<std::string> earlier;
  std::size_t k = 5;

  rag::Query query() const {
    return {.text = text, .engine = engine, .version = version, .k = k, .earlier = earlier};
  }
};

Error wrong(std::string message, std::string hint = {}) {
  return {.code = ErrorCode::invalidParams, .message = std::move(message), .hint = std::move(hint)};
}

std::string engineNames() {
  std::string names;
  for (const Engine* engine : engines())
    names += (names.empty() ? "" : ", ") + engine->descriptor().id;
  return names;
}

/// Checks what would otherwise silently find nothing or too much.
Result<Question> checked(Question question) {
  if (question.engine && !findEngine(*question.engine))
    return wrong("unknown engine \"" + question.engine->substr(0, 40) + "\"", engineNames());
  if (question.version && !rag::parseVersion(*question.version))
    return wrong("\"" + question.version->substr(0, 40) + "\" is not a version",
                 "write it as the server says it: 16.3, 8.0.36");
  if (question.k == 0 || question.k > rag::mostHits)
    return wrong("-k takes 1 to " + std::to_string(rag::mostHits));
  return question;
}

Result<Question> defaults(const ParsedArguments& parsed) {
  Question question{.engine = parsed.value("engine"), .version = parsed.value("version")};
  if (const auto k = parsed.value("k")) {
    const auto number = parseCount(*k, "k");
    if (!number) return number.error();
    question.k = static_cast<std::size_t>(*number);
  }
  return checked(std::move(question));
}

/// `{id, q, engine?, version?, k?, earlier?}`; what a line does not say is that of the flags.
Result<Question> questionOf(const rpc::Json& line, const Question& fallback) {
  if (!line.is_object() || !line.contains("q") || !line["q"].is_string())
    return wrong("q: expected string");
  Question question = fallback;
  question.text = line["q"].get<std::string>();
  for (const auto& [name, field] :
       {std::pair("engine", &Question::engine), std::pair("version", &Question::version)}) {
    if (!line.contains(name)) continue;
    if (!line[name].is_string()) return wrong(std::string(name) + ": expected string");
    question.*field = line[name].get<std::string>();
  }
  if (line.contains("k")) {
    if (!line["k"].is_number_unsigned()) return wrong("k: expected integer");
    question.k = line["k"].get<std::size_t>();
  }
  if (line.contains("earlier")) {
    const rpc::Json& earlier = line["earlier"];
    if (!earlier.is_array() || !std::ranges::all_of(earlier, &rpc::Json::is_string))
      return wrong("earlier: expected array of strings");
    question.earlier = earlier.get<std::vector<std::string>>();
  }
  return checked(std::move(question));
}

rpc::Json document(const std::vector<rag::Hit>& hits) {
  rpc::Json list = rpc::Json::array();
  for (const rag::Hit& hit : hits)
    list.push_back({{"anchor", hit.anchor},
                    {"title", hit.title},
                    {"url", hit.url},
                    {"engine", hit.engine},
                    {"score", hit.score},
                    {"text", hit.text}});
  return {{"hits", list}};
}

void print(const std::vector<rag::Hit>& hits) {
  if (hits.empty()) std::puts("nothing found; ask in other words, or without --engine");
  for (const rag::Hit& hit : hits) {
    std::printf("%s  [%s]\n  %s\n", printable(hit.title).c_str(), printable(hit.anchor).c_str(),
                printable(hit.url).c_str());
    const std::string_view text = hit.text;
    std::printf("  %s\n\n", printable(text.substr(0, text.find('\n'))).c_str());
  }
}

}  // namespace

Exit ragSearch(Arguments arguments) {
  constexpr Flag flags[] = {
      {"engine", true}, {"version", true}, {"k", true}, {"docs", true}, {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("rag search", parsed.error(), false);
  const bool json = parsed->has("json");
  auto question = defaults(*parsed);
  if (!question) return fail("rag search", question.error(), json);
  rag::Library library;
  if (const auto docs = parsed->value("docs"))
    if (const auto added = addOwnDocuments(*docs, "rag search", library); !added)
      return fail("rag search", added.error(), json);
  if (parsed->has("jsonl"))
    return eachJsonLine([&](const rpc::Json& line) -> Result<rpc::Json> {
      const auto asked = questionOf(line, *question);
      if (!asked) return asked.error();
      return document(library.search(asked->query()));
    });
  for (const std::string& word : parsed->positional)
    question->text += (question->text.empty() ? "" : " ") + word;
  if (question->text.empty())
    return fail("rag search", wrong("there is no question", "mydba rag search \"what is a WAL\""),
                json);
  const auto hits = library.search(question->query());
  json ? printJson(document(hits)) : print(hits);
  return Exit::done;
}

}  // namespace mydba::cli
