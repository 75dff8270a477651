#include "server/chat/turn.h"

#include <algorithm>
#include <utility>

#include "ai/answers.h"
#include "ai/markdown.h"
#include "codec.h"
#include "server/server.h"

namespace mydba::server::chat {
namespace {

using protocol::ChatAction;
using protocol::ChatItem;

constexpr std::size_t mostDocuments = 8;

}  // namespace

Turn::Turn(Call& call, const protocol::ChatParams& params, Stream<ChatItem>& stream)
    : memory(ai::readMemory(params.memory.value_or(""))),
      call_(call),
      params_(params),
      stream_(stream) {
  // What was said of another connection is not about this one.
  const std::string connection = params.sessionId.value_or("");
  if (memory.connection != connection) memory = {};
  memory.connection = connection;
  remembered.command = std::string(protocol::name(params.command));
  remembered.text = params.prompt;
}

void Turn::say(std::string markdown) {
  (void)stream_.send(protocol::ChatMarkdown{.text = std::move(markdown)});
}

void Turn::progress(std::string text) {
  (void)stream_.send(protocol::ChatProgress{.text = std::move(text)});
}

void Turn::offer(protocol::ChatButton button) { buttons_.push_back(std::move(button)); }

void Turn::followUp(protocol::ChatCommand command, std::string label, std::string prompt) {
  followups_.push_back(
      {.command = command, .prompt = std::move(prompt), .label = std::move(label)});
}

void Turn::fail(const Error& error) {
  say(ai::errorAnswer(error));
  facts.error = error;
}

std::string Turn::cite(const protocol::Citation& citation) {
  if (citation.anchor.empty()) return {};
  const auto known = std::ranges::find(cited_, citation.anchor, &protocol::Citation::anchor);
  const auto number = static_cast<std::size_t>(known - cited_.begin()) + 1;
  if (known == cited_.end()) cited_.push_back(citation);
  return " \\[" + std::to_string(number) + "\\]";
}

void Turn::findDocuments(std::string_view question, std::size_t count) {
  const auto library = call_.server().documents().library();
  std::string engine;
  if (params_.sessionId)
    if (const auto open = session()) engine = (*open)->profile().engine;
  const std::vector<std::string> earlier = memory.questions();
  rag::Query query{.text = question, .k = count, .earlier = earlier};
  query.engine = engine;
  // What was cited by the facts comes first, so that a model's [1] is the reader's [1].
  std::vector<rag::Hit> hits;
  for (const auto& citation : cited_) {
    if (hits.size() >= mostDocuments) break;
    hits.push_back({.anchor = citation.anchor,
                    .title = citation.title,
                    .url = citation.url,
                    .engine = "",
                    .score = 1,
                    .text = ""});
  }
  for (rag::Hit& hit : library->search(query)) {
    if (hits.size() >= mostDocuments) break;
    if (std::ranges::find(hits, hit.anchor, &rag::Hit::anchor) == hits.end())
      hits.push_back(std::move(hit));
  }
  for (const rag::Hit& hit : hits)
    (void)cite({.anchor = hit.anchor, .title = hit.title, .url = hit.url});
  facts.documents = std::move(hits);
}

bool Turn::connected() {
  if (params_.sessionId) return true;
  say("There is no active connection. Choose one in the MyDBA sidebar, or:\n");
  offer({.title = "Open the sample database", .action = ChatAction::openSample});
  offer({.title = "Add a connection", .action = ChatAction::addConnection});
  return false;
}

Result<std::shared_ptr<Session>> Turn::session() { return call_.server().findSession(sessionId()); }

Result<guard::Gate> Turn::readingGate() {
  const auto open = session();
  if (!open) return open.error();
  guard::Policy policy = call_.server().policyOf((*open)->profile());
  policy.readOnly = true;
  return guard::Gate((*open)->dialect(), policy);
}

std::optional<std::string> Turn::statement() const {
  if (meantSql_) return meantSql_;
  if (!sentence_ && !params_.prompt.empty()) return params_.prompt;
  if (params_.editorSql && !params_.editorSql->empty()) return params_.editorSql;
  return memory.lastSql();
}

std::string Turn::subject() const { return sentence_ ? meantTable_ : params_.prompt; }

void Turn::meant(std::optional<std::string> sql, const std::vector<std::string>& tables) {
  sentence_ = true;
  meantSql_ = std::move(sql);
  meantTable_ = tables.empty() ? "" : tables.front();
}

protocol::ChatResult Turn::end() {
  for (std::size_t i = 0; i < cited_.size(); ++i)
    (void)stream_.send(
        protocol::ChatCitation{.number = static_cast<std::int64_t>(i) + 1, .citation = cited_[i]});
  for (auto& button : buttons_) (void)stream_.send(std::move(button));
  remembered.sql = remembered.sql ? remembered.sql : facts.sql;
  memory.add(std::move(remembered));
  return {.followups = std::move(followups_), .memory = ai::writeMemory(memory)};
}

}  // namespace mydba::server::chat
