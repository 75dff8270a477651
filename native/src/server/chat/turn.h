#pragma once

// One turn of the chat, from the question to the last button.
//
// The commands (a file each) compute facts with it, show them and hand them on; askModel adds a
// model's words, where the user has set one up. Sending to a stream that was closed does nothing,
// and the answer of a cancelled request is dropped: nothing here has to care.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ai/chat/fact_sheet.h"
#include "ai/chat/memory.h"
#include "guard/gate.h"
#include "server/call.h"
#include "types.h"

namespace mydba::server::chat {

/// On the thread of its request.
class Turn {
 public:
  Turn(Call& call, const protocol::ChatParams& params, Stream<protocol::ChatItem>& stream);

  Call& call() { return call_; }
  const protocol::ChatParams& params() const { return params_; }
  bool previewOnly() const { return params_.previewOnly.value_or(false); }

  /// Markdown in which everything foreign is escaped.
  void say(std::string markdown);
  void progress(std::string text);
  void offer(protocol::ChatButton button);
  void followUp(protocol::ChatCommand command, std::string label, std::string prompt = "");
  /// Says why something did not work.
  void fail(const Error& error);

  /// ` [2]` in Markdown: the number of a document in this answer; nothing for an empty citation.
  std::string cite(const protocol::Citation& citation);
  /// Finds what the documents say about it, for the engine of the connection, and numbers it.
  void findDocuments(std::string_view question, std::size_t count);

  /// False, and said so with what to do, without an active connection.
  bool connected();
  const std::string& sessionId() const { return *params_.sessionId; }
  /// The session of the turn; `notConnected` when it was closed.
  Result<std::shared_ptr<Session>> session();
  /// Admits what is proved to read only, whatever the profile says.
  Result<guard::Gate> readingGate();
  /// What was typed, else what stands under the cursor, else what the last turn was about.
  std::optional<std::string> statement() const;
  /// What a command is about: what was typed behind it, or what a sentence was found to mean.
  std::string subject() const;
  /// A sentence, not a command's argument, was typed: this is what it means.
  void meant(std::optional<std::string> sql, const std::vector<std::string>& tables);

  template <typename T>
  Result<T> onMeta(std::function<Result<T>(Connection&)> job) {
    return call_.onLane<T>(LaneKind::meta, sessionId(), std::move(job));
  }
  /// On the connection that the server keeps read-only.
  template <typename T>
  Result<T> onTools(std::function<Result<T>(Connection&)> job) {
    return call_.onLane<T>(LaneKind::tools, sessionId(), std::move(job));
  }

  /// The documents that were cited, then what is remembered.
  protocol::ChatResult end();

  ai::FactSheet facts;
  ai::Memory memory;
  ai::RememberedTurn remembered;  ///< of this turn

 private:
  Call& call_;
  const protocol::ChatParams& params_;
  Stream<protocol::ChatItem>& stream_;
  bool sentence_ = false;  ///< the prompt is one, and `meantSql_`, `meantTable_` what it means
  std::optional<std::string> meantSql_;
  std::string meantTable_;
  std::vector<protocol::Citation> cited_;
  std::vector<protocol::ChatButton> buttons_;
  std::vector<protocol::ChatFollowup> followups_;
};

}  // namespace mydba::server::chat
