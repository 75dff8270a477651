#include "result/redaction.h"

#include <algorithm>

#include "result/row_frame.h"

namespace mydba::result {
namespace {

/// Appends the cells of an encoded row to `out`. False when they are damaged.
bool appendRedacted(std::string& out, std::string_view row, const RedactedColumns& redacted) {
  const char* at = row.data();
  const char* const end = at + row.size();
  for (const bool hidden : redacted) {
    Cell cell;
    const char* const next = readCell(at, end, cell);
    if (next == nullptr) return false;
    if (hidden && !cell.isNull()) {
      out += static_cast<char>(redactedCell.size());
      out += redactedCell;
    } else {
      out.append(at, next);
    }
    at = next;
  }
  return at == end;
}

}  // namespace

RedactedColumns redactedColumns(std::span<const protocol::Column> columns) {
  RedactedColumns redacted;
  for (const auto& column : columns) redacted.push_back(column.redacted.value_or(false));
  const bool any = std::find(redacted.begin(), redacted.end(), true) != redacted.end();
  return any ? redacted : RedactedColumns();
}

Result<std::string> redactFrame(std::string_view frame, const RedactedColumns& redacted) {
  const auto reader = RowFrameReader::open(frame);
  if (!reader) return reader.error();
  const Error damaged{.code = ErrorCode::io, .message = "a row frame is damaged"};
  if (reader->columnCount() != redacted.size()) return damaged;
  RowFrameWriter writer;
  writer.begin(reader->resultSet(), reader->columnCount(), reader->firstRow(), Pace::bulk);
  std::string row;
  std::vector<CutCell> cuts;
  std::uint32_t cut = 0;
  for (std::uint32_t index = 0; index < reader->rowCount(); ++index) {
    const auto encoded = reader->encodedRow(index);
    if (!encoded) return encoded.error();
    row.clear();
    if (!appendRedacted(row, *encoded, redacted)) return damaged;
    cuts.clear();
    for (; cut < reader->cutCount() && reader->cut(cut).row == index; ++cut) {
      const CutCell found = reader->cut(cut);
      if (found.column < redacted.size() && !redacted[found.column]) cuts.push_back(found);
    }
    writer.appendEncoded(row, cuts);
  }
  return std::string(writer.finish());
}

}  // namespace mydba::result
