#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/mutex.h"
#include "rag/folder.h"
#include "rag/library.h"

namespace mydba::server {

/// What can be cited: the compiled-in documents, indexed when first asked for, and the files of a
/// folder of the user's, looked at again when a question comes. Any thread.
class Documents {
 public:
  using Library = std::shared_ptr<const rag::Library>;

  /// The documents as they are now. Never fails: a folder that can't be read is left out, and
  /// `folder` says so.
  Library library() MYDBA_EXCLUDES(mutex_);
  /// Another folder of the user's, or none.
  void setFolder(std::optional<std::string> path) MYDBA_EXCLUDES(mutex_);
  /// What the last look at the folder found. An empty report without one.
  Result<rag::FolderReport> folder() MYDBA_EXCLUDES(mutex_);
  /// Text of a file of the user's by its anchor (`user:runbooks/failover.md#heading`); nothing when
  /// there is no such passage any more.
  std::optional<rag::Passage> own(std::string_view anchor) MYDBA_EXCLUDES(mutex_);

 private:
  void refresh() MYDBA_REQUIRES(mutex_);

  Mutex mutex_;
  Library library_ MYDBA_GUARDED_BY(mutex_);
  std::optional<std::string> path_ MYDBA_GUARDED_BY(mutex_);
  std::unique_ptr<rag::Folder> folder_ MYDBA_GUARDED_BY(mutex_);
  Result<rag::FolderReport> report_ MYDBA_GUARDED_BY(mutex_) = rag::FolderReport{};
  std::chrono::steady_clock::time_point looked_ MYDBA_GUARDED_BY(mutex_);
};

}  // namespace mydba::server
