#pragma once

// Sorting more rows than memory should hold.
//
// Keys and row numbers fill one buffer of fixed size; when it is full it is sorted and written to
// a temporary file as a run, and at the end the runs are merged, at most 64 at a time. An entry
// carries the first eight bytes of its key as a number, which decides nearly every comparison
// without touching the rest. Equal keys keep the order of their rows, so the sort is stable.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "result/temporary_file.h"

namespace mydba::result {

inline constexpr std::size_t sortMemory = 8 << 20;
/// Keys are at most this long.
inline constexpr std::size_t maxSortKeyBytes = 65536;

/// One thread. Keys must not be starts of one another (sort_key.h sees to that).
class ExternalSort {
 public:
  /// `directory` as for TemporaryFile; `memory` is at least 1 MiB.
  static Result<ExternalSort> create(const std::string& directory, std::size_t memory);

  /// Rows come in ascending order.
  Result<void> add(std::string_view key, std::uint32_t row);
  /// Gives every row in the order of the keys; stops at the sink's first error.
  Result<void> finish(const CancelToken& cancel,
                      const std::function<Result<void>(std::uint32_t row)>& sink);

 private:
  struct Entry {
    std::uint64_t prefix;  // first eight key bytes, big endian, zeros behind a shorter key
    std::uint32_t tail;    // where the rest of the key is in the buffer, with its length before it
    std::uint32_t row;
  };
  struct Run {
    std::uint64_t begin;
    std::uint64_t end;
  };
  class RunReader;
  class RunWriter;

  ExternalSort(TemporaryFile file, std::size_t memory);
  Entry* entries() const;
  void sortBuffer();
  std::string_view tailOf(const Entry& entry) const;
  Result<void> spillBuffer();
  template <typename Sink>
  Result<void> merge(std::size_t firstRun, std::size_t count, const CancelToken& cancel, Sink sink);

  TemporaryFile file_;
  std::size_t memory_;
  std::unique_ptr<Entry[]> buffer_;  // tails from the front, entries from the back
  std::size_t tailBytes_ = 0;
  std::size_t entryCount_ = 0;
  std::uint64_t fileEnd_ = 0;
  std::vector<Run> runs_;
};

}  // namespace mydba::result
