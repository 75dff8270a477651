#include "engines/redis/command_facts.h"

#include <algorithm>
#include <array>

#include "engines/redis/command_line.h"
#include "guard/wording.h"

namespace mydba::redis {
namespace {

constexpr std::size_t mostKeys = 5;

struct Counted {
  std::string_view type;
  const char* command;
  std::string_view unit;
};

// All of them O(1) (redis.io/commands).
constexpr std::array counted = {
    Counted{"string", "STRLEN", "byte"}, Counted{"list", "LLEN", "element"},
    Counted{"set", "SCARD", "member"},   Counted{"zset", "ZCARD", "member"},
    Counted{"hash", "HLEN", "field"},    Counted{"stream", "XLEN", "message"}};

class FactReader {
 public:
  explicit FactReader(Session& session) : session_(session) {}

  CommandFacts read(const Command& command) {
    facts_.complexity = complexity(command);
    Command question = {"COMMAND", "GETKEYS"};
    question.insert(question.end(), command.begin(), command.end());
    // A command without keys is answered with an error.
    const auto keys = session_.ask(question);
    if (!keys) return std::move(facts_);
    for (std::size_t i = 0; i < std::min(keys->elements.size(), mostKeys); ++i)
      addKey(keys->elements[i].text());
    return std::move(facts_);
  }

 private:
  Result<Reply> ask(const Command& command) {
    auto reply = session_.ask(command);
    if (!reply && reply.error().engineCode == "NOPERM") facts_.mayAsk = false;
    return reply;
  }

  /// COMMAND DOCS answers with the name and a list of fields and values.
  std::string complexity(const Command& command) {
    for (const bool sub : {true, false}) {
      if (sub && command.size() < 2) continue;
      const auto reply =
          session_.ask({"COMMAND", "DOCS", sub ? command[0] + "|" + command[1] : command[0]});
      if (!reply || reply->elements.size() != 2) continue;
      const auto& fields = reply->elements[1].elements;
      for (std::size_t i = 0; i + 1 < fields.size(); i += 2)
        if (fields[i].text() == "complexity") return fields[i + 1].text();
    }
    return {};
  }

  void addKey(const std::string& key) {
    const auto type = ask({"TYPE", key});
    if (!type) return;
    std::string text = type->text() == "none" ? "does not exist" : type->text();
    if (const auto encoding = ask({"OBJECT", "ENCODING", key});
        encoding && text != "does not exist")
      text += ", " + encoding->text();
    for (const Counted& entry : counted)
      if (entry.type == type->text())
        if (const auto size = ask({entry.command, key}); size) {
          text += ", " + guard::counted(size->token.number, entry.unit);
          if (entry.type != "string")
            facts_.elements = std::max(facts_.elements, size->token.number);
        }
    // Looks at five elements only, unless it is told otherwise.
    if (const auto bytes = ask({"MEMORY", "USAGE", key});
        bytes && bytes->token.kind == Token::Kind::integer)
      text += ", about " + guard::humanSize(bytes->token.number);
    facts_.keys.push_back({"key " + displayText(key), text});
  }

  Session& session_;
  CommandFacts facts_;
};

}  // namespace

bool CommandFacts::grows() const {
  return !complexity.empty() && !complexity.starts_with("O(1)") && !complexity.starts_with("O(log");
}

CommandFacts readFacts(Session& session, const Command& command) {
  return FactReader(session).read(command);
}

}  // namespace mydba::redis
