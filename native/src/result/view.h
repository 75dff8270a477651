#pragma once

// A view of a spool: its rows filtered and sorted, as a file of row numbers.
//
// Making one reads every frame once, in order. Memory is bounded whatever the result: one frame,
// and the sort's buffer (external_sort.h). The view itself is four bytes a row on disk.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "result/external_sort.h"
#include "result/spool.h"
#include "result/temporary_file.h"
#include "types.h"

namespace mydba::result {

inline constexpr std::size_t maxSortColumns = 8;

/// What to see of a spool.
struct ViewSpec {
  std::span<const protocol::Column> columns;  ///< of the spool
  std::span<const protocol::SortKey> sort;
  std::span<const protocol::Filter> filters;
  std::string directory;  ///< for temporary files, as in SpoolOptions
  std::size_t memory = sortMemory;
};

/// Told how many rows were read, after every frame.
using ViewProgress = std::function<void(std::uint64_t rows)>;

/// Immutable; any thread.
class View {
 public:
  /// Sorts and filters the rows that `spool` has now. `invalidParams` for a column that does not
  /// exist or more than maxSortColumns.
  static Result<View> create(const Spool& spool, const ViewSpec& spec, const CancelToken& cancel,
                             const ViewProgress& progress);

  std::uint64_t rows() const { return rows_; }
  /// Row numbers in the spool of the view's rows [first, first + count); fewer at the end.
  Result<std::vector<std::uint32_t>> window(std::uint64_t first, std::uint64_t count) const;
  /// As Spool::rows, in the order of the view.
  Result<std::uint64_t> send(const Spool& spool, std::uint64_t first, std::uint64_t count,
                             std::uint32_t resultSet, const FrameSink& sink) const;

 private:
  View(TemporaryFile file, std::uint64_t rows) : file_(std::move(file)), rows_(rows) {}

  TemporaryFile file_;
  std::uint64_t rows_;
};

}  // namespace mydba::result
