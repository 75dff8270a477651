#include "server/chat/model_turn.h"

#include <algorithm>
#include <utility>

#include "ai/chat/claims.h"
#include "ai/chat/compose.h"
#include "ai/chat/model_text.h"
#include "ai/chat/tool_schema.h"
#include "ai/json_text.h"
#include "ai/markdown.h"
#include "ai/prices.h"
#include "ai/redact/restored_arguments.h"
#include "server/chat/commands.h"
#include "server/editor_desk.h"
#include "server/model_call.h"
#include "server/server.h"
#include "tools/tool.h"

namespace mydba::server::chat {
namespace {

using ai::Json;
using ai::RedactedText;

/// Of requests to the model in one turn: the last one gets no tools, so that it has to answer.
constexpr int mostRounds = 8;

/// One conversation of a turn with a model.
class Dialogue {
 public:
  Dialogue(Turn& turn, const ModelCall& model, std::string_view command)
      : turn_(turn),
        model_(model),
        privacy_(privacyOf(model.settings())),
        redactor_(privacy_.names, dialect(turn)),
        text_({.show = [this](std::string markdown) { turn_.say(std::move(markdown)); },
               .sql = [this](const std::string& sql) { proposed(sql, ""); },
               .cited =
                   [this](int number) {
                     return number >= 1 &&
                            static_cast<std::size_t>(number) <= turn_.facts.documents.size();
                   }}) {
    redactor_.hide(privateWords(turn.call().server()));
    outgoing_ = ai::compose({.command = command,
                             .text = turn.params().prompt,
                             .facts = turn.facts,
                             .earlier = turn.memory.turns,
                             .connected = turn.params().sessionId.has_value(),
                             .extent = privacy_.schema,
                             .model = model.settings().model.value_or("")},
                            redactor_);
  }

  void preview() {
    const auto preview = model_.sender().preview(outgoing_);
    std::string masked;
    for (const auto& [kind, count] : preview.masked)
      masked += (masked.empty() ? "" : ", ") + kind + ": " + std::to_string(count);
    turn_.say("**Nothing was sent.** To " + ai::escaped(preview.provider.name) + " would go " +
              std::to_string(preview.request.size()) + " bytes; kept back: " +
              (masked.empty() ? "nothing" : ai::escaped(masked, 500)) + ".\n");
    turn_.offer({.title = "Show what would be sent",
                 .action = protocol::ChatAction::showSent,
                 .text = preview.request});
  }

  void run() {
    const auto& provider = model_.provider();
    turn_.progress("Asking " + provider.name);
    turn_.say("\n**" + ai::escaped(outgoing_.model) + "** explains:\n\n");
    ai::Usage usage{.inputTokens = 0, .outputTokens = 0};
    for (int round = 1; round <= mostRounds; ++round) {
      if (round == mostRounds) outgoing_.tools.clear();
      const auto answer = ask();
      if (!answer) return turn_.fail(answer.error());
      add(usage, answer->usage);
      said_ += answer->shown;
      // What the last round asks for would be told to nobody.
      if (answer->toolCalls.empty() || round == mostRounds) {
        if (answer->stop == ai::StopReason::length)
          turn_.say("\n\n⚠️ The model's answer was cut off: it had reached its longest.\n");
        if (answer->stop == ai::StopReason::filtered)
          turn_.say("\n\n⚠️ The provider withheld a part of the answer.\n");
        break;
      }
      outgoing_.messages.push_back({.role = ai::Role::assistant,
                                    .text = answer->said,
                                    .toolCalls = answer->toolCalls,
                                    .toolResults = {}});
      outgoing_.messages.push_back({.role = ai::Role::user,
                                    .text = {},
                                    .toolCalls = {},
                                    .toolResults = answersTo(answer->toolCalls)});
      if (!answer->shown.empty()) turn_.say("\n\n");
    }
    conclude(usage);
  }

 private:
  static const sql::Dialect& dialect(Turn& turn) {
    if (!turn.params().sessionId) return sql::genericDialect();
    const auto session = turn.session();
    return session ? (*session)->dialect() : sql::genericDialect();
  }

  static void add(ai::Usage& sum, const ai::Usage& more) {
    const auto plus = [](std::optional<std::int64_t>& a, const std::optional<std::int64_t>& b) {
      a = a && b ? std::optional(*a + *b) : std::nullopt;
    };
    plus(sum.inputTokens, more.inputTokens);
    plus(sum.outputTokens, more.outputTokens);
  }

  Result<ai::Answer> ask() {
    auto answer =
        model_.sender().send(outgoing_, redactor_.conversation(),
                             {.text = [this](std::string_view delta) { text_.feed(delta); },
                              .retry =
                                  [this](const ai::RetryNotice& notice) {
                                    turn_.progress("The provider is busy; trying again (" +
                                                   std::to_string(notice.attempt) + ")");
                                  }},
                             turn_.call().cancel());
    text_.finish();
    return answer;
  }

  std::vector<ai::OutgoingToolResult> answersTo(const std::vector<ai::ToolCall>& calls) {
    std::vector<ai::OutgoingToolResult> results;
    for (const ai::ToolCall& call : calls) {
      ai::OutgoingToolResult result{.callId = call.id, .text = {}, .isError = false};
      result.isError = !answerTo(call, result.text);
      results.push_back(std::move(result));
    }
    return results;
  }

  /// False when it failed.
  bool answerTo(const ai::ToolCall& call, RedactedText& text) {
    const bool offered = std::ranges::any_of(
        outgoing_.tools, [&](const auto& tool) { return tool.name == call.name; });
    if (!offered) {
      text = ai::ProgramText("There is no such tool here.");
      return false;
    }
    const auto parsed = ai::parseJson(call.arguments);
    if (call.arguments.empty() || !parsed || !parsed->is_object()) {
      text = ai::ProgramText("The arguments are not a JSON object. Write them anew.");
      return false;
    }
    Json arguments = ai::restoredArguments(redactor_.conversation(), *parsed);
    return call.name == ai::proposeSql ? proposal(arguments, text)
                                       : tool(call.name, arguments, text);
  }

  bool proposal(const Json& arguments, RedactedText& text) {
    const std::string sql = ai::textOf(arguments, "sql");
    if (sql.empty()) {
      text = ai::ProgramText("There is no SQL in it. Give it as `sql`.");
      return false;
    }
    // Repaired once: the first that is wrong goes back to the model, the next one is shown as it
    // is.
    if (!repaired_) {
      if (const auto problems = problemsOf(turn_, sql); !problems.empty()) {
        repaired_ = true;
        text = ai::ProgramText("Not shown, because of this. Propose another one.\n");
        for (const std::string& problem : problems)
          text.append(redactor_.error({.code = ErrorCode::server, .message = problem}, sql));
        return false;
      }
    }
    const bool sound = proposed(sql, ai::textOf(arguments, "why"));
    if (sound)
      text =
          ai::ProgramText("It reads only and the server can plan it. It is shown with a button.");
    else
      text = ai::ProgramText("It is shown as text, with what is wrong with it.");
    return sound;
  }

  bool proposed(const std::string& sql, std::string_view why) {
    const bool sound = showProposal(turn_, sql, why);
    if (sound) turn_.remembered.sql = sql;
    if (sound && turn_.remembered.command == "optimize" && turn_.facts.sql)
      showComparison(turn_, *turn_.facts.sql, sql);
    return sound;
  }

  bool tool(const std::string& name, Json arguments, RedactedText& text) {
    const tools::Tool* found = tools::findTool(name);
    turn_.progress(std::string(found->title));
    const auto desk =
        makeEditorDesk(turn_.call(), protocol::AuditActor::chat,
                       [this](std::string_view step) { turn_.progress(std::string(step)); });
    if (ai::takesConnection(*found)) {
      const auto session = turn_.session();
      if (!session) {
        text = redactor_.error(session.error(), "");
        return false;
      }
      arguments["connection"] = connectionName(turn_.call().server(), **session);
    }
    auto plain = rpc::parseJson(ai::jsonText(arguments));
    if (!plain) return false;
    const auto answer = tools::callTool(name, *plain, *desk);
    arguments.erase("connection");
    if (!answer) {
      text = redactor_.error(answer.error(), ai::textOf(arguments, "sql"));
      return false;
    }
    auto ordered = ai::parseJson(rpc::writeJson(*answer));
    text = redactor_.toolAnswer(name, arguments, ordered ? *ordered : Json());
    return true;
  }

  void conclude(const ai::Usage& usage) {
    const auto wrong = ai::contradictions(said_, turn_.facts.plans);
    if (!wrong.empty()) {
      std::string text = "\n\n⚠️ **The computed facts say otherwise, and they are right:**\n\n";
      for (const std::string& sentence : wrong) text += "- " + ai::escaped(sentence, 300) + "\n";
      turn_.say(std::move(text));
    }
    std::string line =
        "\n\n" + ai::escaped(model_.provider().name) + ", " + ai::escaped(outgoing_.model);
    if (usage.inputTokens && usage.outputTokens)
      line += ": " + std::to_string(*usage.inputTokens + *usage.outputTokens) + " tokens";
    turn_.say(line + ", " +
              ai::escaped(ai::costInWords(model_.provider(), outgoing_.model, usage)) + ".\n");
    turn_.offer({.title = "Show what was sent",
                 .action = protocol::ChatAction::showSent,
                 .text = model_.sender().preview(outgoing_).request});
  }

  Turn& turn_;
  const ModelCall& model_;
  const ai::PrivacySettings privacy_;
  ai::Redactor redactor_;
  ai::ModelText text_;
  ai::Outgoing outgoing_;
  std::string said_;
  bool repaired_ = false;
};

}  // namespace

void offerModel(Turn& turn) {
  const auto status = turn.call().server().assistant().status();
  turn.say("\n" + ai::escaped(status.message, 500) + "\n");
  if (status.state != protocol::AiState::ready)
    turn.offer({.title = "Set up AI", .action = protocol::ChatAction::setUpAi});
}

void askModel(Turn& turn, std::string_view recipe) {
  const auto status = turn.call().server().assistant().status();
  if (status.state != protocol::AiState::ready) {
    // Off is a choice; what the user began to set up and what is missing is worth a word.
    const bool begun = status.state == protocol::AiState::needsConsent ||
                       status.state == protocol::AiState::noModel;
    if (begun || turn.previewOnly()) offerModel(turn);
    return;
  }
  const auto model = ModelCall::make(turn.call());
  if (!model) return turn.fail(model.error());
  Dialogue dialogue(turn, **model, recipe);
  if (turn.previewOnly())
    dialogue.preview();
  else
    dialogue.run();
}

}  // namespace mydba::server::chat
