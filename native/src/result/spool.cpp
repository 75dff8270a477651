#include "result/spool.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "base/utf8.h"

namespace mydba::result {

Result<std::unique_ptr<Spool>> Spool::create(SpoolOptions options) {
  auto file = TemporaryFile::create(std::move(options.directory));
  if (!file) return file.error();
  return std::unique_ptr<Spool>(new Spool(std::move(*file), options.maxBytes));
}

Spool::Spool(TemporaryFile file, std::uint64_t maxBytes)
    : file_(std::move(file)), maxBytes_(maxBytes) {}

Result<bool> Spool::write(std::string_view bytes) {
  if (full_) return false;
  if (bytes.size() > maxBytes_ - end_) {
    full_ = true;
    return false;
  }
  auto written = file_.write(end_, bytes);
  if (!written) return written.error();
  if (*written)
    end_ += bytes.size();
  else
    full_ = true;
  return *written;
}

Result<bool> Spool::append(std::string_view frame) {
  const auto reader = RowFrameReader::open(frame);
  assert(reader);
  const SpooledFrame entry = {
      .offset = end_,
      .firstRow = reader->firstRow(),
      .rowCount = reader->rowCount(),
      .cellBytes = readLittle<std::uint32_t>(frame.data() + 24),
      .cutCount = reader->cutCount(),
      .columnCount = reader->columnCount(),
  };
  // Views keep row numbers in 32 bits.
  if (entry.firstRow + entry.rowCount > std::numeric_limits<std::uint32_t>::max()) return false;
  const auto written = write(frame);
  if (!written || !*written) return written;
  MutexLock lock(mutex_);
  assert(entry.firstRow == rows_);
  frames_.push_back(entry);
  rows_ += entry.rowCount;
  bytes_ = end_;
  return true;
}

Result<void> Spool::keepCell(std::uint64_t row, std::uint32_t column, const Cell& cell) {
  std::string_view kept = utf8Prefix(cell.text(), maxKeptCellBytes);
  std::size_t taken = kept.size();
  if (!validUtf8(kept)) {
    escaped_.clear();
    taken = appendEscapedUtf8(escaped_, kept, maxKeptCellBytes);
    kept = escaped_;
  }
  const std::uint64_t offset = end_;
  const auto written = write(kept);
  if (!written) return written.error();
  const auto size = static_cast<std::uint32_t>(kept.size());
  if (escaped_.capacity() > maxCellBytes) std::string().swap(escaped_);
  if (!*written) return {};
  MutexLock lock(mutex_);
  keptCells_.push_back({row, offset, cell.size, column, size, taken < cell.size});
  return {};
}

std::uint64_t Spool::rows() const {
  MutexLock lock(mutex_);
  return rows_;
}

std::uint64_t Spool::bytes() const {
  MutexLock lock(mutex_);
  return bytes_;
}

std::size_t Spool::frameCount() const {
  MutexLock lock(mutex_);
  return frames_.size();
}

SpooledFrame Spool::frame(std::size_t index) const {
  MutexLock lock(mutex_);
  return frames_[index];
}

std::optional<SpooledFrame> Spool::frameOf(std::uint64_t row) const {
  MutexLock lock(mutex_);
  if (row >= rows_) return {};
  const auto after = std::upper_bound(
      frames_.begin(), frames_.end(), row,
      [](std::uint64_t wanted, const SpooledFrame& frame) { return wanted < frame.firstRow; });
  return *(after - 1);
}

std::vector<Spool::KeptCell> Spool::keptCells(std::uint64_t row) const {
  MutexLock lock(mutex_);
  const auto from = std::lower_bound(
      keptCells_.begin(), keptCells_.end(), row,
      [](const KeptCell& cell, std::uint64_t wanted) { return cell.row < wanted; });
  auto to = from;
  while (to != keptCells_.end() && to->row == row) ++to;
  return {from, to};
}

Result<void> Spool::readFrame(const SpooledFrame& frame, std::string& bytes) const {
  bytes.resize(frameHeaderBytes + frame.cellBytes + 4ULL * frame.rowCount +
               frameCutBytes * frame.cutCount);
  return file_.read(frame.offset, bytes.data(), bytes.size());
}

Result<std::string> Spool::readEncodedRow(const SpooledFrame& frame, std::uint64_t row) const {
  const std::uint64_t index = row - frame.firstRow;
  const bool last = index + 1 == frame.rowCount;
  const std::uint64_t cells = frame.offset + frameHeaderBytes;
  char offsets[8] = {};
  auto read = file_.read(cells + frame.cellBytes + 4 * index, offsets, last ? 4 : 8);
  if (!read) return read.error();
  const std::uint64_t begin = readLittle<std::uint32_t>(offsets);
  const std::uint64_t end = last ? frame.cellBytes : readLittle<std::uint32_t>(offsets + 4);
  std::string encoded(end - begin, '\0');
  read = file_.read(cells + begin, encoded.data(), encoded.size());
  if (!read) return read.error();
  return encoded;
}

Result<void> Spool::copyRow(std::uint64_t row, RowFrameWriter& writer) const {
  const auto frame = frameOf(row);
  assert(frame);
  const auto encoded = readEncodedRow(*frame, row);
  if (!encoded) return encoded.error();
  std::vector<CutCell> cuts;
  if (frame->cutCount > 0)
    for (const KeptCell& kept : keptCells(row)) cuts.push_back({0, kept.column, kept.serverBytes});
  writer.appendEncoded(*encoded, cuts);
  return {};
}

Result<std::uint64_t> Spool::rows(std::uint64_t first, std::uint64_t count, std::uint32_t resultSet,
                                  const FrameSink& sink) const {
  const auto start = frameOf(first);
  if (!start) return 0;
  RowFrameWriter writer;
  writer.begin(resultSet, start->columnCount, first, Pace::bulk);
  const std::uint64_t end = first + std::min(count, rows() - first);
  for (std::uint64_t row = first; row < end; ++row) {
    const auto copied = copyRow(row, writer);
    if (!copied) return copied.error();
    const std::uint64_t frameFirst = writer.firstRow();
    if ((writer.full() || row + 1 == end) && !sink(writer.finish())) return frameFirst - first;
  }
  return end - first;
}

Result<CellText> Spool::cell(std::uint64_t row, std::uint32_t column) const {
  const auto frame = frameOf(row);
  if (!frame || column >= frame->columnCount)
    return Error{.code = ErrorCode::invalidParams, .message = "there is no such cell"};
  for (const KeptCell& kept : keptCells(row)) {
    if (kept.column != column) continue;
    std::string text(kept.size, '\0');
    const auto read = file_.read(kept.offset, text.data(), text.size());
    if (!read) return read.error();
    return CellText{
        .text = std::move(text), .bytes = kept.serverBytes, .truncated = kept.truncated};
  }
  const auto encoded = readEncodedRow(*frame, row);
  if (!encoded) return encoded.error();
  const char* at = encoded->data();
  const char* const end = at + encoded->size();
  Cell cell;
  for (std::uint32_t i = 0; i <= column; ++i) {
    at = readCell(at, end, cell);
    if (at == nullptr) return Error{.code = ErrorCode::io, .message = "a row frame is damaged"};
  }
  if (cell.isNull()) return CellText{};
  return CellText{.text = std::string(cell.text()), .bytes = cell.size, .truncated = false};
}

}  // namespace mydba::result
