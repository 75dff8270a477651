#pragma once

// The only way from a conversation to a model.
//
// Nothing else calls Provider::chat or Provider::models; scripts/check holds that. In this order:
// the master switch and the consent for that provider (without them no connection is made), the
// budget (ai/budget.h), the user's own look at what would leave if he wants one, the entry in the
// log of what was sent (what cannot be entered is not sent), and then the request. What is sent is
// made of RedactedText (ai/redact/redacted_text.h), so that what a result holds cannot be a part of
// it.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ai/budget.h"
#include "ai/outgoing.h"
#include "ai/privacy_settings.h"
#include "ai/provider.h"
#include "ai/redact/redactor.h"
#include "store/sent_log.h"

namespace mydba::ai {

/// What would leave, for the user to look at.
struct OutgoingPreview {
  ProviderDescriptor provider;
  /// The body word for word, or, where the provider does not write it, the same as JSON; it is what
  /// is entered into the log.
  std::string request;
  MaskCounts masked;
};

struct Answer {
  RedactedText said;  ///< what the model wrote: what goes back to it as its turn
  std::string shown;  ///< the same with the user's names and values
  std::vector<ToolCall> toolCalls;
  StopReason stop = StopReason::end;
  Usage usage;
  std::int64_t logId = 0;  ///< in the log of what was sent
};

/// Called on the thread of `send`, while it runs. Any may be empty.
struct AnswerListener {
  std::function<void(std::string_view delta)> text;  ///< with the user's names and values
  std::function<void(const RetryNotice&)> retry;
};

struct SenderParts {
  Provider& provider;
  store::SentLog& log;
  Budget& budget;  ///< shared by all Senders of a workspace
  /// Asks the user whether this may leave; an error, if it may not, is what `send` returns.
  std::function<Result<void>(const OutgoingPreview&)> confirm;
  /// US dollars of a request; empty, or nothing, where the price is not known.
  std::function<std::optional<double>(const std::string& model, const Usage&)> price;
};

/// Any thread; what `parts` refers to outlives it.
class Sender {
 public:
  Sender(SenderParts parts, PrivacySettings settings)
      : parts_(std::move(parts)), settings_(std::move(settings)) {}

  /// Sends and waits for the whole answer. `conversation` gives its names and values back to what
  /// the listener hears. Errors: `refused` (switch, consent, budget, the user), `io` (the log), and
  /// those of Provider::chat. Of a request that failed, what had been answered counts as used.
  Result<Answer> send(const Outgoing& outgoing, const Conversation& conversation,
                      const AnswerListener& listener, const CancelToken& cancel) const;

  /// The models of the provider. Asks it only where `send` would.
  Result<std::vector<ModelInfo>> listModels(const CancelToken& cancel) const;

  /// What `send` would send; connects to nothing.
  OutgoingPreview preview(const Outgoing& outgoing) const;

 private:
  SenderParts parts_;
  PrivacySettings settings_;
};

}  // namespace mydba::ai
