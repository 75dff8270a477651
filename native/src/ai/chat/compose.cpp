#include "ai/chat/compose.h"

#include <algorithm>
#include <utility>

#include "ai/chat/recipe.h"
#include "ai/chat/tool_schema.h"

namespace mydba::ai {
namespace {

constexpr std::string_view proposeSchema =
    R"({"type":"object","properties":{"sql":{"type":"string","description":"one statement that reads"},"why":{"type":"string","description":"one sentence"}},"required":["sql"]})";

/// What stands before a question.
ProgramText commandWord(std::string_view command) {
  struct Word {
    std::string_view command;
    ProgramText text;
  };
  static constexpr Word words[] = {
      {"analyze", "/analyze "},         {"explain", "/explain "},
      {"profile", "/profile "},         {"optimize", "/optimize "},
      {"schema", "/schema "},           {"processlist", "/processlist "},
      {"variables", "/variables "},     {"compare", "/compare "},
      {"connections", "/connections "}, {"help", "/help "}};
  const auto found = std::ranges::find(words, command, &Word::command);
  return found == std::end(words) ? ProgramText("") : found->text;
}

std::vector<ToolDescription> toolsOf(const Recipe& recipe, bool connected) {
  std::vector<ToolDescription> offered;
  for (const std::string_view name : recipe.tools) {
    const tools::Tool* tool = tools::findTool(name);
    if (!tool || tool->writes || !connected) continue;
    offered.push_back({.name = std::string(tool->name),
                       .description = std::string(tool->description),
                       .inputSchema = schemaWithoutConnection(*tool)});
  }
  offered.push_back({.name = std::string(proposeSql),
                     .description =
                         "Shows the person one statement that reads, once the server has checked "
                         "it.",
                     .inputSchema = std::string(proposeSchema)});
  return offered;
}

/// Without the statement, which is told as one.
RedactedText questionOf(std::string_view command, std::string_view text,
                        const std::optional<std::string>& sql, Redactor& redactor) {
  RedactedText question = commandWord(command);
  return question.append(text == sql ? RedactedText() : redactor.prose(text));
}

OutgoingMessage said(Role role, RedactedText text) {
  return {.role = role, .text = std::move(text), .toolCalls = {}, .toolResults = {}};
}

}  // namespace

RedactedText explainPlaceholders(const Redactor& redactor) {
  RedactedText text = ProgramText(
      "Values are replaced by placeholders such as :text_1 and :number_2; the same placeholder is "
      "the same value. Use them as they are and ask for no values.");
  if (redactor.conversation().names == NamePolicy::alias)
    text.append(ProgramText(
        " Names are replaced by aliases such as t1 (a table) and c2 (a column); use them as they "
        "are."));
  return text;
}

Outgoing compose(const TurnParts& parts, Redactor& redactor) {
  Outgoing outgoing{.model = std::string(parts.model),
                    .purpose = "/" + std::string(parts.command),
                    .system = {},
                    .messages = {},
                    .tools = {}};
  if (const auto preamble = findRecipe("preamble")) outgoing.system.append(preamble->text);
  if (const auto recipe = findRecipe(parts.command)) {
    outgoing.system.append(ProgramText("\n\n")).append(recipe->text);
    outgoing.tools = toolsOf(*recipe, parts.connected);
  }
  outgoing.system.append(ProgramText("\n\n")).append(explainPlaceholders(redactor));
  // The schema first, so that the earlier turns have its names as the facts do.
  const RedactedText facts = describe(parts.facts, redactor, parts.extent);
  for (const auto& earlier : parts.earlier) {
    RedactedText asked = questionOf(earlier.command, earlier.text, earlier.sql, redactor);
    if (earlier.sql)
      asked.append(ProgramText("\nThe statement:\n")).append(redactor.sql(*earlier.sql));
    outgoing.messages.push_back(said(Role::user, std::move(asked)));
    // Its facts were of then, and some of them are not for a model.
    outgoing.messages.push_back(
        said(Role::assistant, ProgramText("I answered that from the facts of then.")));
  }
  RedactedText question = questionOf(parts.command, parts.text, parts.facts.sql, redactor);
  question.append(ProgramText("\n")).append(facts);
  outgoing.messages.push_back(said(Role::user, std::move(question)));
  return outgoing;
}

}  // namespace mydba::ai
