#include "result/result_store.h"

#include <algorithm>
#include <utility>

namespace mydba::result {
OpenResult::OpenResult(std::string id, std::uint32_t resultSet,
                       std::vector<protocol::Column> columns, Reveal reveal,
                       std::unique_ptr<Spool> spool, RunControl control)
    : id_(std::move(id)),
      resultSet_(resultSet),
      columns_(std::move(columns)),
      reveal_(reveal),
      spool_(std::move(spool)),
      redacted_(redactedColumns(columns_)),
      control_(std::move(control)) {}

RedactedColumns OpenResult::redacted() const {
  MutexLock lock(mutex_);
  return redacted_;
}

Result<void> OpenResult::reveal(std::int64_t column) {
  if (column < 0 || static_cast<std::uint64_t>(column) >= columns_.size())
    return Error{.code = ErrorCode::invalidParams, .message = "there is no such column"};
  if (reveal_ == Reveal::never)
    return Error{.code = ErrorCode::refused,
                 .message = "secrets are not shown to chats and tools",
                 .hint = "run the statement in the editor"};
  MutexLock lock(mutex_);
  if (redacted_.empty()) return {};
  redacted_[static_cast<std::size_t>(column)] = false;
  if (std::find(redacted_.begin(), redacted_.end(), true) == redacted_.end()) redacted_.clear();
  return {};
}

void OpenResult::readAll() {
  MutexLock lock(mutex_);
  wantsAll_ = true;
  if (control_) control_->wake();
}

bool OpenResult::wantsAll() const {
  MutexLock lock(mutex_);
  return wantsAll_;
}

void OpenResult::close() {
  MutexLock lock(mutex_);
  closed_ = true;
  if (!control_) return;
  control_->wake();
  control_->cancel();
}

bool OpenResult::closed() const {
  MutexLock lock(mutex_);
  return closed_;
}

void OpenResult::endRun() {
  {
    MutexLock lock(mutex_);
    control_.reset();
  }
  ended_.signal();
}

std::string OpenResult::keepView(View view) {
  MutexLock lock(mutex_);
  view_ = std::make_shared<const View>(std::move(view));
  return id_ + "-v" + std::to_string(++viewNumber_);
}

Result<std::shared_ptr<const View>> OpenResult::view(const std::string& viewId) const {
  MutexLock lock(mutex_);
  if (!view_ || viewId != id_ + "-v" + std::to_string(viewNumber_))
    return Error{.code = ErrorCode::invalidParams,
                 .message = "there is no such view",
                 .hint = "a view ends with the next one of its result"};
  return view_;
}

Result<std::shared_ptr<OpenResult>> ResultStore::open(std::uint32_t resultSet,
                                                      std::vector<protocol::Column> columns,
                                                      Reveal reveal, RunControl control) {
  auto spool = Spool::create(spools_);
  if (!spool) return spool.error();
  MutexLock lock(mutex_);
  auto result =
      std::make_shared<OpenResult>("r" + std::to_string(++lastId_), resultSet, std::move(columns),
                                   reveal, std::move(*spool), std::move(control));
  results_[result->id()] = result;
  return result;
}

Result<std::shared_ptr<OpenResult>> ResultStore::find(const std::string& id) const {
  MutexLock lock(mutex_);
  const auto found = results_.find(id);
  if (found == results_.end())
    return Error{.code = ErrorCode::invalidParams,
                 .message = "there is no such result",
                 .hint = "run the statement again"};
  return found->second;
}

void ResultStore::close(const std::string& id) {
  std::shared_ptr<OpenResult> result;
  {
    MutexLock lock(mutex_);
    const auto found = results_.find(id);
    if (found == results_.end()) return;
    result = std::move(found->second);
    results_.erase(found);
  }
  result->close();
}

}  // namespace mydba::result
