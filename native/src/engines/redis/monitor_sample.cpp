#include "engines/redis/monitor_sample.h"

#include <unistd.h>

#include "base/wait.h"
#include "sql/keyword.h"

namespace mydba::redis {
namespace {

using namespace std::chrono_literals;

constexpr auto longest = 1000ms;
constexpr std::int64_t mostLines = 1000;
constexpr std::size_t longestName = 64;

/// `addr=127.0.0.1:50000` of CLIENT INFO; empty when the user may not ask.
std::string addressOf(Session& session) {
  const auto reply = session.ask({"CLIENT", "INFO"});
  if (!reply) return {};
  const std::string& text = reply->text();
  const std::size_t at = text.find(" addr=");
  if (at == text.npos) return {};
  return text.substr(at + 6, text.find(' ', at + 6) - at - 6);
}

}  // namespace

MonitorSample::MonitorSample(const CancelToken& cancel)
    : limit_(cancel, longest), mark_("mydba-profile-" + std::to_string(::getpid())) {}

Result<std::unique_ptr<MonitorSample>> MonitorSample::begin(Session& session,
                                                            const CancelToken& cancel) {
  std::unique_ptr<MonitorSample> sample(new MonitorSample(cancel));
  sample->ownAddress_ = addressOf(session);
  auto listener = session.another(sample->limit_.token());
  if (!listener) return listener.error();
  sample->listener_ = std::move(*listener);
  if (const auto begun = sample->listener_->ask({"MONITOR"}); !begun) return begun.error();
  sample->thread_ = std::thread([raw = sample.get()] { raw->listen(); });
  return sample;
}

MonitorSample::~MonitorSample() {
  if (thread_.joinable()) thread_.join();  // within `longest`
}

OthersCommands MonitorSample::end(Session& session) {
  // The listener stops when it hears this; refused or not, its time is limited.
  static_cast<void>(session.ask({"ECHO", mark_}));
  if (thread_.joinable()) thread_.join();
  listener_.reset();
  return std::move(found_);
}

void MonitorSample::listen() {
  const auto start = Clock::now();
  Token token;
  bool marked = false;
  for (std::int64_t lines = 0; lines < mostLines && !marked; ++lines) {
    if (!listener_->next(token)) break;
    marked = token.text.find(mark_) != token.text.npos;
    if (!marked) take(token.text);
  }
  found_.cut = !marked;
  found_.ms = millisecondsSince(start);
}

/// `1700000000.123456 [0 127.0.0.1:50000] "get" "key"`
void MonitorSample::take(std::string_view line) {
  const std::size_t open = line.find('['), close = line.find("] \"");
  if (open == line.npos || close == line.npos || close < open) return;
  const std::string_view client = line.substr(open + 1, close - open - 1);
  const std::size_t blank = client.find(' ');
  if (!ownAddress_.empty() && blank != client.npos && client.substr(blank + 1) == ownAddress_)
    return;
  std::string_view name = line.substr(close + 3);
  name = name.substr(0, std::min(name.find('"'), longestName));
  ++found_.counts[sql::upperCase(std::string(name))];
  ++found_.total;
}

}  // namespace mydba::redis
