// Any bytes given to the reader of row frames: it may refuse them, never read outside them; and
// what the writer makes of any cells, the reader gives back.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "result/row_frame.h"

namespace {

using mydba::Cell;

void readAnything(std::string_view bytes) {
  const auto reader = mydba::result::RowFrameReader::open(bytes);
  if (!reader) return;
  std::vector<Cell> cells;
  std::size_t sum = 0;
  for (std::uint32_t i = 0; i < reader->rowCount(); ++i) {
    if (!reader->row(i, cells)) continue;
    for (const Cell& cell : cells)
      for (const char byte : cell.text()) sum += static_cast<unsigned char>(byte);
  }
  for (std::uint32_t i = 0; i < reader->cutCount(); ++i) sum += reader->cut(i).column;
  // Keeps the reads from being optimised away.
  if (sum == 0x5EED) std::getenv("");
}

/// A frame whose header fits its size, so that the mutations reach the cells.
std::string frameAround(std::string_view bytes) {
  using mydba::result::writeLittle;
  std::string frame = "MDR1" + std::string(28, '\0');
  const std::uint32_t rows = bytes.empty() ? 0 : static_cast<unsigned char>(bytes[0]) % 8;
  const std::uint32_t columns = bytes.size() < 2 ? 0 : static_cast<unsigned char>(bytes[1]) % 8;
  if (bytes.size() < 4 * rows) return frame;
  writeLittle(frame.data() + 16, rows);
  writeLittle(frame.data() + 20, columns);
  writeLittle(frame.data() + 24, static_cast<std::uint32_t>(bytes.size() - 4 * rows));
  frame += bytes;
  // Small offsets, so that some of them are inside.
  for (std::uint32_t i = 0; i < rows; ++i) frame[frame.size() - 4 * (i + 1) + 3] = '\0';
  return frame;
}

void writeAndRead(std::string_view bytes) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = static_cast<unsigned char>(bytes[at++]) % 40;
    if (size == 39) {
      cells.push_back(Cell::null());
      continue;
    }
    const std::string_view text = bytes.substr(at, size);
    cells.push_back(Cell::of(text));
    at += text.size();
  }
  mydba::result::RowFrameWriter writer;
  writer.begin(0, static_cast<std::uint32_t>(cells.size()), 0, mydba::result::Pace::bulk);
  writer.append(cells);
  const auto reader = mydba::result::RowFrameReader::open(writer.finish());
  std::vector<Cell> read;
  if (!reader || !reader->row(0, read) || read.size() != cells.size()) std::abort();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].isNull() != read[i].isNull()) std::abort();
    if (!mydba::validUtf8(read[i].text())) std::abort();
    if (mydba::validUtf8(cells[i].text()) && cells[i].text() != read[i].text()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  readAnything(bytes);
  readAnything(frameAround(bytes));
  writeAndRead(bytes);
  return 0;
}
