#pragma once

// The spool of a result: its rows in a private temporary file.
//
// The file is made with mode 0600 and unlinked at once, so it dies with its descriptor however the
// program ends. It holds row frames as they are sent, and beside them the full text of the cells
// that were cut in their frame. What is appended never changes, so readers only need the lock to
// look up where something is, and then use pread(2) with no lock held. Nothing is mapped: mapped
// pages would count as memory of this program.
//
// In memory there is only the directory: 32 bytes for each frame of 128 KiB and 40 for each cut
// cell (which takes more than 64 KiB of the file): half a megabyte for 4 GiB of ordinary rows.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"
#include "result/row_frame.h"
#include "result/temporary_file.h"

namespace mydba::result {

inline constexpr std::uint64_t defaultSpoolBytes = 4ULL << 30;
inline constexpr std::size_t maxKeptCellBytes = 4 << 20;  ///< of a cut cell

struct SpoolOptions {
  std::string directory;  ///< empty: see temporaryDirectory
  std::uint64_t maxBytes = defaultSpoolBytes;
};

/// A cell in full.
struct CellText {
  std::optional<std::string> text;  ///< nothing for NULL; at most maxKeptCellBytes
  std::uint64_t bytes = 0;          ///< length on the server
  bool truncated = false;
};

/// Gets the bytes of a frame, valid during the call; false ends the reading.
using FrameSink = std::function<bool(std::string_view frame)>;

/// Where a frame is.
struct SpooledFrame {
  std::uint64_t offset = 0;
  std::uint64_t firstRow = 0;
  std::uint32_t rowCount = 0;
  std::uint32_t cellBytes = 0;
  std::uint32_t cutCount = 0;
  std::uint32_t columnCount = 0;
};

/// append and keepCell belong to one thread, the rest to any.
class Spool {
 public:
  static Result<std::unique_ptr<Spool>> create(SpoolOptions options);

  /// Adds a frame of a RowFrameWriter; frames come in the order of their rows. False: the spool is
  /// full (its limit, the disk, or 2^32 rows), nothing was added.
  Result<bool> append(std::string_view frame);
  /// Keeps the text of a cell that is cut in the frame to be appended next. Once the spool is full
  /// nothing is kept.
  Result<void> keepCell(std::uint64_t row, std::uint32_t column, const Cell& cell);

  std::uint64_t rows() const MYDBA_EXCLUDES(mutex_);
  std::uint64_t bytes() const MYDBA_EXCLUDES(mutex_);

  std::size_t frameCount() const MYDBA_EXCLUDES(mutex_);
  SpooledFrame frame(std::size_t index) const MYDBA_EXCLUDES(mutex_);
  /// The bytes of a whole frame.
  Result<void> readFrame(const SpooledFrame& frame, std::string& bytes) const;
  /// Appends a row to `writer`, its cut cells included; `row` is below rows().
  Result<void> copyRow(std::uint64_t row, RowFrameWriter& writer) const MYDBA_EXCLUDES(mutex_);
  /// Frames of the rows [first, first + count), fewer at the end. Returns the rows sent.
  Result<std::uint64_t> rows(std::uint64_t first, std::uint64_t count, std::uint32_t resultSet,
                             const FrameSink& sink) const MYDBA_EXCLUDES(mutex_);
  /// A cell in full, as much of it as was kept.
  Result<CellText> cell(std::uint64_t row, std::uint32_t column) const MYDBA_EXCLUDES(mutex_);

 private:
  struct KeptCell {
    std::uint64_t row = 0;
    std::uint64_t offset = 0;
    std::uint64_t serverBytes = 0;
    std::uint32_t column = 0;
    std::uint32_t size = 0;
    bool truncated = false;
  };

  Spool(TemporaryFile file, std::uint64_t maxBytes);
  Result<bool> write(std::string_view bytes);
  std::optional<SpooledFrame> frameOf(std::uint64_t row) const MYDBA_EXCLUDES(mutex_);
  std::vector<KeptCell> keptCells(std::uint64_t row) const MYDBA_EXCLUDES(mutex_);
  Result<std::string> readEncodedRow(const SpooledFrame& frame, std::uint64_t row) const;

  TemporaryFile file_;
  const std::uint64_t maxBytes_;
  std::uint64_t end_ = 0;  // of the file; only the appending thread
  bool full_ = false;      // only the appending thread
  std::string escaped_;    // only the appending thread
  mutable Mutex mutex_;
  std::vector<SpooledFrame> frames_ MYDBA_GUARDED_BY(mutex_);
  std::vector<KeptCell> keptCells_ MYDBA_GUARDED_BY(mutex_);  // sorted by row and column
  std::uint64_t rows_ MYDBA_GUARDED_BY(mutex_) = 0;
  std::uint64_t bytes_ MYDBA_GUARDED_BY(mutex_) = 0;
};

}  // namespace mydba::result
