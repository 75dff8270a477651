#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::result {

/// Where temporary files go: $TMPDIR, else /var/tmp, which unlike /tmp is on a disk everywhere
/// (file-hierarchy(7); /tmp is memory on many systems), else /tmp.
std::string temporaryDirectory();

/// A private file without a name. Reading and writing at a position need no lock.
class TemporaryFile {
 public:
  /// Makes it in `directory`, or in temporaryDirectory() when that is empty.
  static Result<TemporaryFile> create(std::string directory);
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&& other) noexcept;
  ~TemporaryFile();

  /// False when the disk or a quota is full.
  Result<bool> write(std::uint64_t offset, std::string_view bytes) const;
  /// Reads exactly `size` bytes; an earlier end of the file is an error.
  Result<void> read(std::uint64_t offset, char* out, std::size_t size) const;
  /// Gives the disk space from `size` on back.
  Result<void> truncate(std::uint64_t size) const;

 private:
  explicit TemporaryFile(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace mydba::result
