#pragma once

// A user's own documents: run-books, conventions, in a folder of Markdown and text files. A passage
// is what stands below a heading.
//
// The folder may hold anything: files that are no text, links that lead out of it, pipes, a file as
// large as the disk, one written for being found. So links to folders are not followed, nor links
// to files elsewhere; what is read is bounded; and what is in it stays text.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "rag/passages.h"

namespace mydba::rag {

constexpr std::size_t mostFiles = 2000;
constexpr std::uintmax_t largestFile = 1 << 20;  ///< bytes
constexpr int deepestFolder = 16;

/// What a reading of the folder did, for the user to see.
struct FolderReport {
  std::size_t files = 0;             ///< that are searched now
  std::size_t read = 0;              ///< of them, new or changed since the last reading
  std::vector<std::string> skipped;  ///< `runbooks/huge.md: larger than 1 MiB`
};

class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}

  /// Reads what is new, or has another size or time of change than when it was read; forgets what
  /// is gone. `io` when the folder can't be listed; then nothing changes.
  Result<FolderReport> refresh();

  /// All passages, in the order of their anchors: `user:runbooks/failover.md#heading`.
  std::vector<Passage> passages() const;

 private:
  struct File {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type changed;
    std::vector<Passage> passages;
  };

  std::filesystem::path path_;
  std::map<std::string, File> files_;  ///< by path below the folder
};

/// A file's passages: one a heading of level 1 to 3, and one for what stands before the first.
std::vector<Passage> sectionsOf(std::string_view path, std::string_view text);

}  // namespace mydba::rag
