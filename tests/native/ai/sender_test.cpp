#include "ai/sender.h"

#include <filesystem>

#include "native/catch.h"

using namespace mydba;
using namespace mydba::ai;

namespace {

/// Answers what it is told to, and keeps what it was asked.
class ScriptedProvider final : public Provider {
 public:
  const ProviderDescriptor& descriptor() const override { return descriptor_; }

  Result<ChatReply> chat(const ChatRequest& request, const ChatListener& listener,
                         const CancelToken&) override {
    asked.push_back(request);
    for (const char c : answer) listener.text(std::string(1, c));
    if (failure) return *failure;
    return ChatReply{.text = answer, .toolCalls = {}, .usage = usage};
  }

  Result<std::vector<ModelInfo>> models(const CancelToken&) override {
    ++modelsAsked;
    return std::vector<ModelInfo>{{.id = "m", .name = "m", .contextTokens = {}}};
  }

  std::string answer;
  std::optional<Error> failure;  ///< behind the answer
  Usage usage{.inputTokens = 100, .outputTokens = 20};
  std::vector<ChatRequest> asked;
  int modelsAsked = 0;

 private:
  ProviderDescriptor descriptor_{.id = "openai",
                                 .name = "OpenAI",
                                 .address = "https://api.openai.com",
                                 .place = ProviderPlace::cloud};
};

struct Desk {
  Desk() {
    std::string folder = (std::filesystem::temp_directory_path() / "mydba-sender-XXXXXX").string();
    path = ::mkdtemp(folder.data());
    log = std::move(*store::SentLog::open((path / "sent.db").string()));
  }
  ~Desk() { std::filesystem::remove_all(path); }

  Sender sender() {
    return Sender({.provider = provider,
                   .log = *log,
                   .budget = budget,
                   .confirm = confirm,
                   .price = [](const std::string&, const Usage&) { return std::optional(0.25); }},
                  settings);
  }
  Result<Answer> send(const Outgoing& outgoing) {
    return sender().send(outgoing, redactor.conversation(),
                         {.text = [this](std::string_view delta) { heard += delta; }, .retry = {}},
                         CancelToken());
  }
  std::size_t logged() { return log->list("", std::nullopt, 100)->size(); }

  std::filesystem::path path;
  std::unique_ptr<store::SentLog> log;
  ScriptedProvider provider;
  Budget budget{BudgetLimits{}};
  std::function<Result<void>(const OutgoingPreview&)> confirm;
  PrivacySettings settings{.enabled = true,
                           .consents = {{"openai", "https://api.openai.com", "2026-01-01"}}};
  Redactor redactor{NamePolicy::alias, *sql::findDialect("postgres")};
  std::string heard;
};

Outgoing question(Desk& desk, std::string_view text) {
  Outgoing outgoing{.model = "m",
                    .purpose = "ask",
                    .system = ProgramText("You explain databases."),
                    .messages = {},
                    .tools = {}};
  outgoing.messages.push_back(
      {.role = Role::user, .text = desk.redactor.prose(text), .toolCalls = {}, .toolResults = {}});
  return outgoing;
}

}  // namespace

TEST_CASE("nothing is sent before the user has switched AI on and agreed to the provider") {
  Desk desk;
  const PrivacySettings allowed = desk.settings;
  SECTION("as settings are made") { desk.settings = {}; }
  SECTION("switched off again") { desk.settings.enabled = false; }
  SECTION("no consent") { desk.settings.consents.clear(); }
  SECTION("consent to another address") {
    desk.settings.consents = {{"openai", "http://127.0.0.1:8080", "2026-01-01"}};
  }
  SECTION("consent to another provider") {
    desk.settings.consents = {{"ollama", "https://api.openai.com", "2026-01-01"}};
  }
  const auto answer = desk.send(question(desk, "why?"));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ErrorCode::refused);
  CHECK_FALSE(answer.error().hint.empty());
  CHECK_FALSE(desk.sender().listModels(CancelToken()));
  CHECK(desk.provider.asked.empty());
  CHECK(desk.provider.modelsAsked == 0);
  CHECK(desk.logged() == 0);
}

TEST_CASE("an answer has the user's names and values, what goes back has not") {
  Desk desk;
  desk.provider.answer = "Index t1 (c1), as c1 = :email_1 is rare.";
  const auto answer =
      desk.send(question(desk, "Why is `select mail from users where mail = 'a@b.c'` slow?"));
  REQUIRE(answer);
  CHECK(answer->shown == "Index users (mail), as mail = 'a@b.c' is rare.");
  CHECK(desk.heard == answer->shown);
  CHECK(answer->said.text() == desk.provider.answer);
  REQUIRE(desk.provider.asked.size() == 1);
  CHECK(desk.provider.asked[0].system == "You explain databases.");
  CHECK(desk.provider.asked[0].messages[0].text ==
        "Why is `select c1 from t1 where c1 = :email_1` slow?");

  const auto entry = desk.log->find(answer->logId);
  REQUIRE(entry);
  CHECK(entry->address == "https://api.openai.com");
  CHECK(entry->purpose == "ask");
  CHECK(entry->outcome == "answered");
  CHECK(entry->inputTokens == 100);
  CHECK(entry->cost == 0.25);
  CHECK(entry->masked == MaskCounts{{"alias", 3}, {"email", 1}});
  CHECK(entry->request.find("select c1 from t1") != std::string::npos);
}

TEST_CASE("the user sees what would leave, and can keep it") {
  Desk desk;
  desk.settings.confirmBeforeSend = true;
  CHECK(desk.send(question(desk, "why?")).error().code == ErrorCode::refused);
  std::string seen;
  bool agrees = false;
  desk.confirm = [&](const OutgoingPreview& preview) -> Result<void> {
    seen = preview.request;
    if (agrees) return {};
    return Error{.code = ErrorCode::cancelled, .message = "kept"};
  };
  CHECK(desk.send(question(desk, "is 'x' slow?")).error().code == ErrorCode::cancelled);
  CHECK(seen.find("is :text_1 slow?") != std::string::npos);
  CHECK(desk.provider.asked.empty());
  CHECK(desk.logged() == 0);
  agrees = true;
  CHECK(desk.send(question(desk, "why?")));
  CHECK(desk.provider.asked.size() == 1);
}

TEST_CASE("earlier turns stay where the user does not send history") {
  Desk desk;
  Outgoing outgoing = question(desk, "first");
  outgoing.messages.push_back(
      {.role = Role::assistant, .text = ProgramText("said"), .toolCalls = {}, .toolResults = {}});
  outgoing.messages.push_back({.role = Role::user,
                               .text = desk.redactor.prose("second"),
                               .toolCalls = {},
                               .toolResults = {}});
  outgoing.messages.push_back({.role = Role::assistant,
                               .text = ProgramText(""),
                               .toolCalls = {{"1", "lint", "{}"}},
                               .toolResults = {}});
  outgoing.messages.push_back({.role = Role::user,
                               .text = ProgramText(""),
                               .toolCalls = {},
                               .toolResults = {{"1", ProgramText("fine"), false}}});
  REQUIRE(desk.send(outgoing));
  CHECK(desk.provider.asked.back().messages.size() == 5);
  desk.settings.sendHistory = false;
  REQUIRE(desk.send(outgoing));
  REQUIRE(desk.provider.asked.back().messages.size() == 3);
  CHECK(desk.provider.asked.back().messages[0].text == "second");
  CHECK(desk.provider.asked.back().messages[2].toolResults[0].text == "fine");
}

TEST_CASE("a budget that is used up ends it, before the user or anybody is asked") {
  Desk desk;
  bool shown = false;
  desk.confirm = [&](const OutgoingPreview&) -> Result<void> {
    shown = true;
    return {};
  };
  SECTION("by tokens, as the provider counts them") {
    desk.budget.setLimits({.sessionTokens = 120});
    REQUIRE(desk.send(question(desk, "one")));
    CHECK(desk.budget.session().tokens == 120);
    CHECK_FALSE(desk.budget.session().estimated);
  }
  SECTION("by requests in a minute") {
    desk.budget.setLimits({.requestsPerMinute = 1});
    REQUIRE(desk.send(question(desk, "one")));
  }
  desk.settings.confirmBeforeSend = true;
  CHECK(desk.send(question(desk, "two")).error().code == ErrorCode::refused);
  CHECK_FALSE(shown);
  CHECK(desk.provider.asked.size() == 1);
  CHECK(desk.logged() == 1);
}

TEST_CASE("what an answer cost is told to the budget, whole or broken off") {
  Desk desk;
  desk.provider.usage = {};
  SECTION("estimated where the provider does not count") {
    desk.provider.answer = "12345678";
    REQUIRE(desk.send(question(desk, "one")));
    CHECK(desk.budget.session().estimated);
    CHECK(desk.budget.session().tokens == 7 + 2);  // 25 bytes, and 8
  }
  SECTION("what was heard before it broke off") {
    desk.provider.answer = "half";
    desk.provider.failure = Error{.code = ErrorCode::connectionLost};
    CHECK_FALSE(desk.send(question(desk, "one")));
    CHECK(desk.budget.session().tokens > 0);
  }
  SECTION("nothing for what failed before it") {
    desk.provider.failure = Error{.code = ErrorCode::connectFailed};
    CHECK_FALSE(desk.send(question(desk, "one")));
    CHECK(desk.budget.session().tokens == 0);
  }
  SECTION("nothing for what the user kept") {
    desk.settings.confirmBeforeSend = true;
    CHECK_FALSE(desk.send(question(desk, "one")));
    CHECK(desk.budget.session().tokens == 0);
  }
}

TEST_CASE("a request that failed is in the log too, and one that cannot be entered is not sent") {
  Desk desk;
  desk.provider.failure = Error{.code = ErrorCode::timeout, .message = "too long"};
  CHECK(desk.send(question(desk, "why?")).error().code == ErrorCode::timeout);
  REQUIRE(desk.logged() == 1);
  CHECK(desk.log->list("", std::nullopt, 1)->front().outcome == "timeout");
  // Another program has taken the table away.
  auto other = store::Database::open((desk.path / "sent.db").string());
  REQUIRE(other);
  REQUIRE(other->execute("DROP TABLE sent"));
  CHECK(desk.send(question(desk, "why?")).error().code == ErrorCode::io);
  CHECK(desk.provider.asked.size() == 1);
}
