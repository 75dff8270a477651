#include "server/documents.h"

#include <algorithm>
#include <utility>

namespace mydba::server {
namespace {

/// Several questions of one answer see the folder once.
constexpr std::chrono::seconds freshFor{2};

}  // namespace

void Documents::refresh() {
  const auto now = std::chrono::steady_clock::now();
  const bool fresh = now - looked_ < freshFor;
  if (library_ && (!folder_ || fresh)) return;
  std::size_t before = report_ ? report_->files : 0;
  if (folder_ && !fresh) {
    looked_ = now;
    report_ = folder_->refresh();
    if (library_ && report_ && report_->read == 0 && report_->files == before) return;
  }
  // Others may still search the one before.
  auto next = std::make_shared<rag::Library>();
  if (folder_) next->setOwn(folder_->passages());
  library_ = std::move(next);
}

Documents::Library Documents::library() {
  MutexLock lock(mutex_);
  refresh();
  return library_;
}

void Documents::setFolder(std::optional<std::string> path) {
  MutexLock lock(mutex_);
  if (path == path_) return;
  path_ = std::move(path);
  folder_ = path_ ? std::make_unique<rag::Folder>(*path_) : nullptr;
  report_ = rag::FolderReport{};
  looked_ = {};
  library_.reset();
}

Result<rag::FolderReport> Documents::folder() {
  MutexLock lock(mutex_);
  if (folder_) refresh();
  return report_;
}

std::optional<rag::Passage> Documents::own(std::string_view anchor) {
  MutexLock lock(mutex_);
  if (!folder_) return std::nullopt;
  refresh();
  for (rag::Passage& passage : folder_->passages())
    if (passage.anchor == anchor) return std::move(passage);
  return std::nullopt;
}

}  // namespace mydba::server
