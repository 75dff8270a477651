#include "store/audit_writer.h"

#include <utility>

namespace mydba::store {
namespace {

/// Entries between two looks at what is too old or too much.
constexpr std::int64_t pruneStep = 1000;

}  // namespace

AuditWriter::AuditWriter(std::optional<std::string> path, Tell tell)
    : path_(std::move(path)), tell_(std::move(tell)) {}

Result<std::optional<std::int64_t>> AuditWriter::append(protocol::AuditEntry entry) {
  if (!path_) return std::optional<std::int64_t>();
  MutexLock lock(mutex_);
  const auto seq = write(std::move(entry));
  if (seq) {
    if (std::exchange(failing_, false)) tell_("audit: entries are written again");
    return std::optional(*seq);
  }
  failed(seq.error());
  if (!required_) return std::optional<std::int64_t>();
  return Error{
      .code = ErrorCode::io,
      .message = "not run, because it cannot be entered into the audit log: " + seq.error().message,
      .hint = "make the log writable, or do not require it"};
}

void AuditWriter::configure(const protocol::AuditSettings& settings) {
  MutexLock lock(mutex_);
  required_ = settings.required;
  retention_ = {.days = settings.keepDays, .megabytes = settings.keepMegabytes};
  if (!path_) return;
  if (const auto opened = openLog(); !opened) return failed(opened.error());
  sincePruned_ = 0;
  if (const auto gone = log_->prune(retention_); !gone) failed(gone.error());
}

void AuditWriter::failed(const Error& error) {
  if (!std::exchange(failing_, true)) tell_("audit: no entry is written: " + error.message);
}

AuditRetention AuditWriter::retention() {
  MutexLock lock(mutex_);
  return retention_;
}

Result<void> AuditWriter::openLog() {
  if (log_) return {};
  auto opened = AuditLog::open(*path_);
  if (!opened) return opened.error();
  log_.emplace(std::move(*opened));
  return {};
}

Result<std::int64_t> AuditWriter::write(protocol::AuditEntry entry) {
  if (const auto opened = openLog(); !opened) return opened.error();
  const auto seq = log_->append(std::move(entry));
  // What cannot be let go now is let go later; the entry stands.
  if (seq && ++sincePruned_ >= pruneStep) {
    sincePruned_ = 0;
    static_cast<void>(log_->prune(retention_));
  }
  return seq;
}

}  // namespace mydba::store
