#include "result/view.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "result/row_filter.h"
#include "result/row_frame.h"
#include "result/sort_key.h"

namespace mydba::result {
namespace {

constexpr std::size_t writeRows = 64 * 1024;

/// Collects row numbers in a file.
class RowNumbers {
 public:
  explicit RowNumbers(TemporaryFile file) : file_(std::move(file)) {}

  Result<void> add(std::uint32_t row) {
    char number[4];
    writeLittle(number, row);
    buffer_.append(number, sizeof number);
    ++rows_;
    return buffer_.size() < 4 * writeRows ? Result<void>{} : flush();
  }

  Result<void> flush() {
    const auto written = file_.write(4 * rows_ - buffer_.size(), buffer_);
    if (!written) return written.error();
    if (!*written)
      return Error{.code = ErrorCode::io, .message = "no space is left for temporary files"};
    buffer_.clear();
    return {};
  }

  std::uint64_t rows() const { return rows_; }
  TemporaryFile takeFile() { return std::move(file_); }

 private:
  TemporaryFile file_;
  std::string buffer_;
  std::uint64_t rows_ = 0;
};

/// Replaces the cut cells of rows by their full text, for filters. Rows are asked for in order.
class CutCells {
 public:
  CutCells(const Spool& spool, const RowFrameReader& frame) : spool_(spool), frame_(frame) {}

  Result<void> complete(std::uint32_t row, std::vector<Cell>& cells) {
    texts_.clear();
    std::uint32_t last = next_;
    while (last < frame_.cutCount() && frame_.cut(last).row == row) ++last;
    texts_.reserve(last - next_);  // cells point into the strings
    for (; next_ < last; ++next_) {
      const std::uint32_t column = frame_.cut(next_).column;
      auto full = spool_.cell(frame_.firstRow() + row, column);
      if (!full) return full.error();
      if (!full->text || column >= cells.size()) continue;
      texts_.push_back(std::move(*full->text));
      cells[column] = Cell::of(texts_.back());
    }
    return {};
  }

 private:
  const Spool& spool_;
  const RowFrameReader& frame_;
  std::uint32_t next_ = 0;
  std::vector<std::string> texts_;
};

using RowVisitor = std::function<Result<void>(std::uint32_t row, std::span<const Cell> cells)>;

/// Gives every row that the filter lets through.
Result<void> scan(const Spool& spool, RowFilter& filter, const CancelToken& cancel,
                  const ViewProgress& progress, const RowVisitor& visit) {
  std::string bytes;
  std::vector<Cell> cells;
  const std::size_t frames = spool.frameCount();
  for (std::size_t index = 0; index < frames; ++index) {
    if (cancel.cancelled()) return cancel.error();
    auto done = spool.readFrame(spool.frame(index), bytes);
    if (!done) return done;
    const auto frame = RowFrameReader::open(bytes);
    if (!frame) return frame.error();
    CutCells cutCells(spool, *frame);
    for (std::uint32_t i = 0; i < frame->rowCount(); ++i) {
      done = frame->row(i, cells);
      if (done && !filter.empty() && frame->cutCount() > 0) done = cutCells.complete(i, cells);
      if (!done) return done;
      if (!filter.matches(cells)) continue;
      done = visit(static_cast<std::uint32_t>(frame->firstRow() + i), cells);
      if (!done) return done;
    }
    progress(frame->firstRow() + frame->rowCount());
  }
  return {};
}

Result<void> checkSort(const ViewSpec& spec) {
  const auto columns = static_cast<std::int64_t>(spec.columns.size());
  if (spec.sort.size() > maxSortColumns)
    return Error{.code = ErrorCode::invalidParams, .message = "too many sort columns"};
  for (const protocol::SortKey& key : spec.sort)
    if (key.column < 0 || key.column >= columns)
      return Error{.code = ErrorCode::invalidParams,
                   .message = "a sort key names a column that does not exist"};
  return {};
}

Result<void> sortRows(const Spool& spool, const ViewSpec& spec, RowFilter& filter,
                      const CancelToken& cancel, const ViewProgress& progress,
                      RowNumbers& numbers) {
  static_assert(maxSortColumns * maxCellKeyBytes <= maxSortKeyBytes);
  auto sort = ExternalSort::create(spec.directory, spec.memory);
  if (!sort) return sort.error();
  std::string key;
  auto scanned =
      scan(spool, filter, cancel, progress, [&](std::uint32_t row, std::span<const Cell> cells) {
        key.clear();
        for (const protocol::SortKey& part : spec.sort) {
          const auto column = static_cast<std::size_t>(part.column);
          appendSortKey(key, cells[column], spec.columns[column].kind, part.descending);
        }
        return sort->add(key, row);
      });
  if (!scanned) return scanned;
  return sort->finish(cancel, [&](std::uint32_t row) { return numbers.add(row); });
}

}  // namespace

Result<View> View::create(const Spool& spool, const ViewSpec& spec, const CancelToken& cancel,
                          const ViewProgress& progress) {
  auto filter = RowFilter::create(spec.columns, spec.filters);
  if (!filter) return filter.error();
  auto made = checkSort(spec);
  if (!made) return made.error();
  auto file = TemporaryFile::create(spec.directory);
  if (!file) return file.error();
  RowNumbers numbers(std::move(*file));
  if (spec.sort.empty())
    made = scan(spool, *filter, cancel, progress,
                [&](std::uint32_t row, std::span<const Cell>) { return numbers.add(row); });
  else
    made = sortRows(spool, spec, *filter, cancel, progress, numbers);
  if (made) made = numbers.flush();
  if (!made) return made.error();
  return View(numbers.takeFile(), numbers.rows());
}

Result<std::vector<std::uint32_t>> View::window(std::uint64_t first, std::uint64_t count) const {
  count = first < rows_ ? std::min(count, rows_ - first) : 0;
  std::string bytes(4 * count, '\0');
  const auto read = file_.read(4 * first, bytes.data(), bytes.size());
  if (!read) return read.error();
  std::vector<std::uint32_t> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = readLittle<std::uint32_t>(&bytes[4 * i]);
  return rows;
}

Result<std::uint64_t> View::send(const Spool& spool, std::uint64_t first, std::uint64_t count,
                                 std::uint32_t resultSet, const FrameSink& sink) const {
  const auto rows = window(first, count);
  if (!rows) return rows.error();
  if (rows->empty()) return 0;
  RowFrameWriter writer;
  writer.begin(resultSet, spool.frame(0).columnCount, first, Pace::bulk);
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto copied = spool.copyRow((*rows)[i], writer);
    if (!copied) return copied.error();
    const std::uint64_t frameFirst = writer.firstRow();
    if ((writer.full() || i + 1 == rows->size()) && !sink(writer.finish()))
      return frameFirst - first;
  }
  return rows->size();
}

}  // namespace mydba::result
