#include "engines/postgres/wait_sampler.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "base/embedded.h"
#include "base/wait.h"

namespace mydba::postgres {
namespace {

constexpr std::chrono::milliseconds shortest{10};
constexpr std::chrono::milliseconds longest{100};
constexpr std::chrono::seconds patience{1};
constexpr int restShare = 50;

}  // namespace

Result<std::unique_ptr<WaitSampler>> WaitSampler::start(std::unique_ptr<Session> watcher,
                                                        std::string pid) {
  // The first look fills the caches of a new process; it must not count as what looking costs.
  const auto warmed =
      watcher->query(embeddedSql("postgres", "profile_waits"), {pid}, {}, Clock::now() + patience);
  if (!warmed) return warmed.error();
  std::unique_ptr<WaitSampler> sampler(new WaitSampler(std::move(watcher), std::move(pid)));
  try {
    sampler->thread_ =
        std::thread([self = sampler.get(), token = sampler->stop_.token()] { self->work(token); });
  } catch (const std::system_error& error) {
    return Error{.code = ErrorCode::io, .message = error.what(), .retryable = true};
  }
  return sampler;
}

WaitSampler::~WaitSampler() { (void)stop(); }

WaitSamples WaitSampler::stop() {
  stop_.cancel(CancelReason::shutdown);
  if (thread_.joinable()) thread_.join();
  return std::move(samples_);
}

void WaitSampler::work(const CancelToken& stopped) {
  // The least that it ever took: what comes on top is waiting for a processor.
  auto cost = Clock::duration::max() / restShare;
  const auto sql = embeddedSql("postgres", "profile_waits");
  while (!stopped.cancelled()) {
    const auto began = Clock::now();
    const auto rows = watcher_->query(sql, {pid_}, stopped, began + patience);
    if (stopped.cancelled()) return;
    if (!rows) {
      samples_.failure = rows.error();
      return;
    }
    for (int row = 0; row < rows->count(); ++row) {
      ++samples_.events[rows->text(row, 0)];
      ++samples_.total;
    }
    const auto now = Clock::now();
    cost = std::min(cost, now - began);
    const auto rest = std::clamp<Clock::duration>(restShare * cost, shortest, longest);
    if (!sleepUntil(now + rest, stopped)) return;
  }
}

}  // namespace mydba::postgres
