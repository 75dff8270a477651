#include "ai/budget.h"

#include <utility>

namespace mydba::ai {
namespace {

Error used(const std::string& what, std::int64_t limit, const char* hint) {
  return {.code = ErrorCode::refused,
          .message = "the limit of " + std::to_string(limit) + " tokens " + what + " is used up",
          .hint = hint};
}

}  // namespace

Budget::Budget(const BudgetLimits& limits, TokenCount today, Now now)
    : now_(std::move(now)),
      limits_(limits),
      today_(std::chrono::floor<std::chrono::days>(now_())),
      day_(today) {}

void Budget::setLimits(const BudgetLimits& limits) {
  const MutexLock lock(mutex_);
  limits_ = limits;
}

void Budget::startDay(Time now) const {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  if (today == today_) return;
  today_ = today;
  day_ = {};
}

Result<void> Budget::admit() {
  const MutexLock lock(mutex_);
  const Time now = now_();
  startDay(now);
  if (limits_.sessionTokens > 0 && session_.tokens >= limits_.sessionTokens)
    return used("a session", limits_.sessionTokens, "raise the limit, or restart the editor");
  if (limits_.dayTokens > 0 && day_.tokens >= limits_.dayTokens)
    return used("a day", limits_.dayTokens, "raise the limit, or go on after midnight UTC");
  while (!lastMinute_.empty() && now - lastMinute_.front() >= std::chrono::minutes(1))
    lastMinute_.pop_front();
  if (limits_.requestsPerMinute > 0 &&
      lastMinute_.size() >= static_cast<std::size_t>(limits_.requestsPerMinute)) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(lastMinute_.front() +
                                                              std::chrono::minutes(1) - now);
    return Error{.code = ErrorCode::refused,
                 .message = "the limit of " + std::to_string(limits_.requestsPerMinute) +
                            " requests a minute is reached",
                 .hint = "try again in " + std::to_string(wait.count()) + " s, or raise the limit",
                 .retryable = true};
  }
  lastMinute_.push_back(now);
  return {};
}

void Budget::record(const TokenCount& used) {
  const MutexLock lock(mutex_);
  startDay(now_());
  for (TokenCount* count : {&session_, &day_}) {
    count->tokens += used.tokens;
    count->estimated = count->estimated || used.estimated;
  }
}

TokenCount Budget::session() const {
  const MutexLock lock(mutex_);
  return session_;
}

TokenCount Budget::day() const {
  const MutexLock lock(mutex_);
  startDay(now_());
  return day_;
}

TokenCount tokensOf(const ChatRequest& request, std::string_view answer, const Usage& usage) {
  std::size_t sent = request.system.size();
  for (const ChatMessage& message : request.messages) {
    sent += message.text.size();
    for (const ToolCall& call : message.toolCalls) sent += call.name.size() + call.arguments.size();
    for (const ToolResult& result : message.toolResults) sent += result.text.size();
  }
  for (const ToolDescription& tool : request.tools)
    sent += tool.name.size() + tool.description.size() + tool.inputSchema.size();
  const auto guess = [](std::size_t bytes) { return static_cast<std::int64_t>((bytes + 3) / 4); };
  return {.tokens = usage.inputTokens.value_or(guess(sent)) +
                    usage.outputTokens.value_or(guess(answer.size())),
          .estimated = !usage.inputTokens || !usage.outputTokens};
}

}  // namespace mydba::ai
