#pragma once

// Row frames: how rows travel, and how a spool keeps them. The format is in protocol/README.md,
// "Row frame, version 1"; this is its only implementation in C++.
//
// The writer is on the path of every cell of every result, so it copies and checks a cell in one
// go (eight bytes at a time, over-lapping at the end), and only text outside ASCII is looked at
// again. Nothing is allocated per row; the buffers are kept from frame to frame.

#include <chrono>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engines/engine.h"

namespace mydba::result {

inline constexpr std::size_t maxCellBytes = 64 * 1024;  ///< of a cell in a frame; more is cut
inline constexpr std::size_t frameBytes = 128 * 1024;   ///< a frame is full when its cells have it
inline constexpr std::uint32_t firstFrameRows = 50;
inline constexpr std::chrono::milliseconds firstFrameTime{5};
/// A slow result is shown while it grows: no frame waits longer than this for more rows to come.
inline constexpr std::chrono::milliseconds laterFrameTime{250};
inline constexpr std::size_t frameHeaderBytes = 32;
inline constexpr std::size_t frameCutBytes = 16;

/// A cell that is longer on the server than in the frame.
struct CutCell {
  std::uint32_t row = 0;  ///< in the frame
  std::uint32_t column = 0;
  std::uint64_t bytes = 0;  ///< length on the server
};

/// Whether the first rows are wanted at once (a person waits for a query) or not (a window).
enum class Pace { prompt, bulk };

/// Makes frames. One thread.
class RowFrameWriter {
 public:
  /// Starts a result set (or window) whose first row has the number `firstRow`.
  void begin(std::uint32_t resultSet, std::uint32_t columnCount, std::uint64_t firstRow, Pace pace);
  /// `cells` has columnCount elements.
  void append(std::span<const Cell> cells);
  /// Appends a row that is already encoded, of a frame with as many columns; `cuts` lists the cut
  /// cells of this row, their `row` is not used.
  void appendEncoded(std::string_view row, std::span<const CutCell> cuts);
  /// True when the frame should be sent before another row comes.
  bool full() const;
  std::uint32_t rowCount() const { return static_cast<std::uint32_t>(rowOffsets_.size()); }
  /// Number of the frame's first row.
  std::uint64_t firstRow() const { return firstRow_; }
  /// Cut cells of the frame so far, in the order of rows and columns.
  std::span<const CutCell> cuts() const { return cuts_; }
  /// The frame's bytes, valid until the next call; the next frame starts behind its last row.
  std::string_view finish();

 private:
  void startRow(std::size_t bytes);
  void ensure(std::size_t more);
  char* appendLongCell(char* out, const Cell& cell, std::uint32_t column);

  std::unique_ptr<char[]> buffer_;  // header, cells; row offsets and cuts are put behind at the end
  std::size_t capacity_ = 0;
  std::size_t used_ = frameHeaderBytes;
  std::vector<std::uint32_t> rowOffsets_;
  std::vector<CutCell> cuts_;
  std::string escaped_;
  std::uint32_t resultSet_ = 0;
  std::uint32_t columnCount_ = 0;
  std::uint64_t firstRow_ = 0;
  Pace pace_ = Pace::bulk;
  bool first_ = true;
  std::chrono::steady_clock::time_point started_;
};

/// Reads the cell at `at`. Returns where the next one starts, or null when the bytes up to `end`
/// hold no whole cell.
inline const char* readCell(const char* at, const char* end, Cell& cell) {
  if (at == end) return nullptr;
  std::size_t left = static_cast<std::size_t>(end - at) - 1;
  std::size_t size = static_cast<unsigned char>(*at++);
  if (size > 250) {
    if (size == 0xFB) {
      cell = Cell::null();
      return at;
    }
    const std::size_t bytes = size == 0xFC ? 2 : size == 0xFE ? 4 : 0;
    if (bytes == 0 || left < bytes) return nullptr;
    size = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      size |= static_cast<std::size_t>(static_cast<unsigned char>(at[i])) << (8 * i);
    at += bytes;
    left -= bytes;
  }
  if (size > left) return nullptr;
  cell = {at, size};
  return at + size;
}

/// Looks into the bytes of a frame, which must outlive it. Damaged frames give an error of code
/// `io`, never a read outside the bytes.
class RowFrameReader {
 public:
  /// Checks the header and that the parts fill the bytes exactly.
  static Result<RowFrameReader> open(std::string_view frame);

  std::uint32_t resultSet() const { return resultSet_; }
  std::uint32_t rowCount() const { return rowCount_; }
  std::uint32_t columnCount() const { return columnCount_; }
  std::uint32_t cutCount() const { return cutCount_; }
  std::uint64_t firstRow() const { return firstRow_; }
  /// The encoded cells of a row; `index` is below rowCount.
  Result<std::string_view> encodedRow(std::uint32_t index) const;
  /// The cells of a row; they point into the frame.
  Result<void> row(std::uint32_t index, std::vector<Cell>& cells) const;
  /// `index` is below cutCount.
  CutCell cut(std::uint32_t index) const;

 private:
  std::uint32_t resultSet_ = 0;
  std::uint32_t rowCount_ = 0;
  std::uint32_t columnCount_ = 0;
  std::uint32_t cutCount_ = 0;
  std::uint64_t firstRow_ = 0;
  std::string_view cells_;
  const char* offsets_ = nullptr;
  const char* cuts_ = nullptr;
};

/// Little endian numbers in byte strings.
template <typename Number>
Number readLittle(const char* at) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    number = static_cast<Number>(number | static_cast<Number>(static_cast<unsigned char>(at[i]))
                                              << (8 * i));
  return number;
}

template <typename Number>
char* writeLittle(char* at, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    at[i] = static_cast<char>(static_cast<unsigned char>(number >> (8 * i)));
  return at + sizeof(Number);
}

}  // namespace mydba::result
