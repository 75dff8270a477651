#include "result/row_frame.h"

#include <algorithm>
#include <cassert>

#include "base/utf8.h"

namespace mydba::result {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char magic[] = {'M', 'D', 'R', '1'};
constexpr std::size_t maxLengthBytes = 5;
constexpr std::size_t keptCapacity = 2 * frameBytes;  // more is given back after a frame
constexpr std::uint64_t highBits = 0x8080808080808080ULL;

Error damaged() { return {.code = ErrorCode::io, .message = "a row frame is damaged"}; }

/// Copies `size` bytes; false when one of them is not ASCII. `std::memcpy` of a constant size is a
/// load or a store, and two that overlap replace the loop over the rest.
bool copyAscii(char* out, const char* in, std::size_t size) {
  if (size >= 8) {
    std::uint64_t word = 0;
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8) {
      std::memcpy(&word, in + at, 8);
      std::memcpy(out + at, &word, 8);
      seen |= word;
    }
    std::memcpy(&word, in + size - 8, 8);
    std::memcpy(out + size - 8, &word, 8);
    return ((seen | word) & highBits) == 0;
  }
  if (size >= 4) {
    std::uint32_t head = 0;
    std::uint32_t tail = 0;
    std::memcpy(&head, in, 4);
    std::memcpy(&tail, in + size - 4, 4);
    std::memcpy(out, &head, 4);
    std::memcpy(out + size - 4, &tail, 4);
    return ((head | tail) & 0x80808080U) == 0;
  }
  unsigned seen = 0;
  for (std::size_t at = 0; at < size; ++at) {
    out[at] = in[at];
    seen |= static_cast<unsigned char>(in[at]);
  }
  return seen < 0x80;
}

char* writeLength(char* out, std::size_t size) {
  if (size <= 250) {
    *out = static_cast<char>(size);
    return out + 1;
  }
  if (size <= 0xFFFF) {
    *out = static_cast<char>(0xFC);
    return writeLittle(out + 1, static_cast<std::uint16_t>(size));
  }
  *out = static_cast<char>(0xFE);
  return writeLittle(out + 1, static_cast<std::uint32_t>(size));
}

char* writeText(char* out, std::string_view text) {
  out = writeLength(out, text.size());
  if (!text.empty()) std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

void RowFrameWriter::begin(std::uint32_t resultSet, std::uint32_t columnCount,
                           std::uint64_t firstRow, Pace pace) {
  resultSet_ = resultSet;
  columnCount_ = columnCount;
  firstRow_ = firstRow;
  pace_ = pace;
  first_ = true;
  used_ = frameHeaderBytes;
  rowOffsets_.clear();
  cuts_.clear();
}

void RowFrameWriter::append(std::span<const Cell> cells) {
  assert(cells.size() == columnCount_);
  std::size_t bytes = 0;
  // Escaping makes four bytes of one.
  for (const Cell& cell : cells) bytes += maxLengthBytes + std::min(4 * cell.size, maxCellBytes);
  startRow(bytes);
  char* out = buffer_.get() + used_;
  std::uint32_t column = 0;
  for (const Cell& cell : cells) {
    if (cell.isNull()) {
      *out++ = static_cast<char>(0xFB);
    } else if (cell.size <= 250 && copyAscii(out + 1, cell.data, cell.size)) {
      *out = static_cast<char>(cell.size);
      out += 1 + cell.size;
    } else {
      out = appendLongCell(out, cell, column);
    }
    ++column;
  }
  used_ = static_cast<std::size_t>(out - buffer_.get());
}

char* RowFrameWriter::appendLongCell(char* out, const Cell& cell, std::uint32_t column) {
  const std::string_view start = utf8Prefix(cell.text(), maxCellBytes);
  std::size_t taken = start.size();
  if (validUtf8(start)) {
    out = writeText(out, start);
  } else {
    escaped_.clear();
    taken = appendEscapedUtf8(escaped_, start, maxCellBytes);
    out = writeText(out, escaped_);
  }
  if (taken < cell.size) cuts_.push_back({rowCount() - 1, column, cell.size});
  return out;
}

void RowFrameWriter::appendEncoded(std::string_view row, std::span<const CutCell> cuts) {
  startRow(row.size());
  if (!row.empty()) std::memcpy(buffer_.get() + used_, row.data(), row.size());
  used_ += row.size();
  for (const CutCell& cut : cuts) cuts_.push_back({rowCount() - 1, cut.column, cut.bytes});
}

void RowFrameWriter::startRow(std::size_t bytes) {
  if (rowOffsets_.empty()) started_ = Clock::now();
  ensure(bytes);
  rowOffsets_.push_back(static_cast<std::uint32_t>(used_ - frameHeaderBytes));
}

bool RowFrameWriter::full() const {
  if (used_ - frameHeaderBytes >= frameBytes) return true;
  if (pace_ == Pace::bulk || rowOffsets_.empty()) return false;
  if (first_ && rowOffsets_.size() >= firstFrameRows) return true;
  return Clock::now() - started_ >= (first_ ? firstFrameTime : laterFrameTime);
}

std::string_view RowFrameWriter::finish() {
  const std::size_t cellBytes = used_ - frameHeaderBytes;
  ensure(4 * rowOffsets_.size() + frameCutBytes * cuts_.size());
  char* out = buffer_.get();
  std::memcpy(out, magic, sizeof magic);
  out = writeLittle(out + sizeof magic, resultSet_);
  out = writeLittle(out, firstRow_);
  out = writeLittle(out, rowCount());
  out = writeLittle(out, columnCount_);
  out = writeLittle(out, static_cast<std::uint32_t>(cellBytes));
  out = writeLittle(out, static_cast<std::uint32_t>(cuts_.size()));
  out += cellBytes;
  for (std::uint32_t offset : rowOffsets_) out = writeLittle(out, offset);
  for (const CutCell& cut : cuts_) {
    out = writeLittle(out, cut.row);
    out = writeLittle(out, cut.column);
    out = writeLittle(out, cut.bytes);
  }
  firstRow_ += rowCount();
  first_ = false;
  used_ = frameHeaderBytes;
  rowOffsets_.clear();
  cuts_.clear();
  return {buffer_.get(), static_cast<std::size_t>(out - buffer_.get())};
}

void RowFrameWriter::ensure(std::size_t more) {
  const std::size_t wanted = used_ + more;
  const bool shrink = rowOffsets_.empty() && capacity_ > keptCapacity && wanted <= keptCapacity;
  if (wanted <= capacity_ && !shrink) return;
  const std::size_t capacity = std::max(wanted, shrink ? keptCapacity : 2 * capacity_);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  if (buffer_) std::memcpy(larger.get(), buffer_.get(), used_);
  buffer_ = std::move(larger);
  capacity_ = capacity;
}

Result<RowFrameReader> RowFrameReader::open(std::string_view frame) {
  if (frame.size() < frameHeaderBytes || std::memcmp(frame.data(), magic, sizeof magic) != 0)
    return damaged();
  RowFrameReader reader;
  const char* at = frame.data();
  reader.resultSet_ = readLittle<std::uint32_t>(at + 4);
  reader.firstRow_ = readLittle<std::uint64_t>(at + 8);
  reader.rowCount_ = readLittle<std::uint32_t>(at + 16);
  reader.columnCount_ = readLittle<std::uint32_t>(at + 20);
  const std::uint64_t cellBytes = readLittle<std::uint32_t>(at + 24);
  reader.cutCount_ = readLittle<std::uint32_t>(at + 28);
  const std::uint64_t rowBytes = 4ULL * reader.rowCount_;
  const std::uint64_t cutBytes = std::uint64_t{frameCutBytes} * reader.cutCount_;
  if (frame.size() != frameHeaderBytes + cellBytes + rowBytes + cutBytes) return damaged();
  reader.cells_ = frame.substr(frameHeaderBytes, cellBytes);
  reader.offsets_ = at + frameHeaderBytes + cellBytes;
  reader.cuts_ = reader.offsets_ + rowBytes;
  return reader;
}

Result<std::string_view> RowFrameReader::encodedRow(std::uint32_t index) const {
  assert(index < rowCount_);
  const char* offset = offsets_ + 4ULL * index;
  const std::size_t begin = readLittle<std::uint32_t>(offset);
  const std::size_t end =
      index + 1 < rowCount_ ? readLittle<std::uint32_t>(offset + 4) : cells_.size();
  if (begin > end || end > cells_.size()) return damaged();
  return cells_.substr(begin, end - begin);
}

Result<void> RowFrameReader::row(std::uint32_t index, std::vector<Cell>& cells) const {
  cells.clear();
  const auto encoded = encodedRow(index);
  if (!encoded) return encoded.error();
  const char* at = encoded->data();
  const char* const end = at + encoded->size();
  Cell cell;
  // Every cell takes at least one byte, so a false column count ends with the bytes.
  for (std::uint32_t column = 0; column < columnCount_; ++column) {
    at = readCell(at, end, cell);
    if (at == nullptr) return damaged();
    cells.push_back(cell);
  }
  if (at != end) return damaged();
  return {};
}

CutCell RowFrameReader::cut(std::uint32_t index) const {
  assert(index < cutCount_);
  const char* at = cuts_ + frameCutBytes * index;
  return {readLittle<std::uint32_t>(at), readLittle<std::uint32_t>(at + 4),
          readLittle<std::uint64_t>(at + 8)};
}

}  // namespace mydba::result
