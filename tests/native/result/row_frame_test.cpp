#include "result/row_frame.h"

#include <optional>
#include <string>
#include <vector>

#include "native/catch.h"

namespace mydba::result {
namespace {

using Row = std::vector<std::optional<std::string>>;

std::vector<Cell> cellsOf(const Row& row) {
  std::vector<Cell> cells;
  for (const auto& cell : row) cells.push_back(cell ? Cell::of(*cell) : Cell::null());
  return cells;
}

Row rowOf(const RowFrameReader& reader, std::uint32_t index) {
  std::vector<Cell> cells;
  const auto read = reader.row(index, cells);
  REQUIRE(read);
  Row row;
  for (const Cell& cell : cells)
    row.push_back(cell.isNull() ? std::nullopt : std::optional(std::string(cell.text())));
  return row;
}

RowFrameReader openFrame(std::string_view bytes) {
  auto reader = RowFrameReader::open(bytes);
  REQUIRE(reader);
  return *reader;
}

TEST_CASE("a row frame has the bytes that the protocol describes") {
  RowFrameWriter writer;
  writer.begin(7, 2, 100, Pace::bulk);
  const std::string long252(252, 'x');
  writer.append(cellsOf({"ab", std::nullopt}));
  writer.append(cellsOf({"", long252}));
  const std::string expected =
      std::string("MDR1") + std::string("\x07\0\0\0", 4) + std::string("\x64\0\0\0\0\0\0\0", 8) +
      std::string("\x02\0\0\0", 4) + std::string("\x02\0\0\0", 4) + std::string("\x04\x01\0\0", 4) +
      std::string("\0\0\0\0", 4) + "\x02" + "ab" + "\xFB" + std::string("\0", 1) +
      std::string("\xFC\xFC\0", 3) + long252 + std::string("\0\0\0\0\x04\0\0\0", 8);
  CHECK(writer.finish() == expected);
}

TEST_CASE("rows come back as they were written, frame after frame") {
  const std::vector<Row> rows = {
      {"1", "", std::nullopt, std::string(250, 'a')},
      {"žluťoučký", "日本語", "🙂", std::string(251, 'b')},
      {std::string("a\0b", 3), std::string(maxCellBytes, 'c'), std::string(300, 'd'), "x"}};
  RowFrameWriter writer;
  writer.begin(1, 4, 0, Pace::bulk);
  for (int frame = 0; frame < 2; ++frame) {
    for (const Row& row : rows) writer.append(cellsOf(row));
    const std::string bytes(writer.finish());
    const auto reader = openFrame(bytes);
    CHECK(reader.firstRow() == 3U * frame);
    CHECK(reader.cutCount() == 0);
    REQUIRE(reader.rowCount() == 3);
    for (std::uint32_t i = 0; i < 3; ++i) CHECK(rowOf(reader, i) == rows[i]);
  }
}

TEST_CASE("every short length is copied whole") {
  RowFrameWriter writer;
  for (std::size_t size = 0; size < 300; ++size) {
    std::string text(size, ' ');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('!' + i % 90);
    writer.begin(0, 1, 0, Pace::bulk);
    writer.append(cellsOf({text}));
    const std::string bytes(writer.finish());
    CHECK(rowOf(openFrame(bytes), 0) == Row{text});
  }
}

TEST_CASE("a cell over 64 KiB is cut between characters and listed") {
  RowFrameWriter writer;
  writer.begin(0, 2, 0, Pace::bulk);
  const std::string text = std::string(maxCellBytes - 1, 'a') + "é" + std::string(1000, 'b');
  writer.append(cellsOf({"short", "short"}));
  writer.append(cellsOf({"short", text}));
  const std::string bytes(writer.finish());
  const auto reader = openFrame(bytes);
  REQUIRE(reader.cutCount() == 1);
  CHECK(reader.cut(0).row == 1);
  CHECK(reader.cut(0).column == 1);
  CHECK(reader.cut(0).bytes == text.size());
  CHECK(rowOf(reader, 1) == Row{"short", std::string(maxCellBytes - 1, 'a')});
}

TEST_CASE("bytes that are not UTF-8 are written as \\xNN") {
  RowFrameWriter writer;
  writer.begin(0, 5, 0, Pace::bulk);
  // A lone byte; an overlong slash; a surrogate; above U+10FFFF; a character that breaks off.
  writer.append(cellsOf({"a\xFFz", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "é\xE2\x82"}));
  const std::string bytes(writer.finish());
  CHECK(rowOf(openFrame(bytes), 0) ==
        Row{"a\\xffz", "\\xc0\\xaf", "\\xed\\xa0\\x80", "\\xf4\\x90\\x80\\x80", "é\\xe2\\x82"});
}

TEST_CASE("binary cells stay below the limit when they are escaped") {
  RowFrameWriter writer;
  writer.begin(0, 1, 0, Pace::bulk);
  const std::string binary(40000, '\x80');
  writer.append(cellsOf({binary}));
  const std::string bytes(writer.finish());
  const auto reader = openFrame(bytes);
  CHECK(rowOf(reader, 0)[0]->size() == maxCellBytes);
  REQUIRE(reader.cutCount() == 1);
  CHECK(reader.cut(0).bytes == binary.size());
}

TEST_CASE("the first frame is full after 50 rows, later ones at 128 KiB") {
  RowFrameWriter writer;
  writer.begin(0, 1, 0, Pace::prompt);
  const Row row = {std::string(200, 'x')};
  std::uint32_t rows = 0;
  while (!writer.full()) {
    writer.append(cellsOf(row));
    ++rows;
  }
  CHECK(rows <= firstFrameRows);
  CHECK(writer.finish().size() < frameBytes);
  writer.begin(0, 1, 0, Pace::bulk);
  while (!writer.full()) writer.append(cellsOf(row));
  const std::size_t size = writer.finish().size();
  CHECK(size >= frameBytes);
  CHECK(size < frameBytes + 16384);
}

TEST_CASE("encoded rows can be put into another frame") {
  RowFrameWriter writer;
  writer.begin(0, 2, 0, Pace::bulk);
  const std::string big(maxCellBytes + 1, 'z');
  writer.append(cellsOf({"1", big}));
  writer.append(cellsOf({"2", std::nullopt}));
  const std::string bytes(writer.finish());
  const auto reader = openFrame(bytes);
  RowFrameWriter second;
  second.begin(3, 2, 40, Pace::bulk);
  second.appendEncoded(*reader.encodedRow(1), {});
  const CutCell cut = reader.cut(0);
  second.appendEncoded(*reader.encodedRow(0), {&cut, 1});
  const std::string again(second.finish());
  const auto swapped = openFrame(again);
  CHECK(rowOf(swapped, 0) == Row{"2", std::nullopt});
  CHECK(rowOf(swapped, 1) == rowOf(reader, 0));
  REQUIRE(swapped.cutCount() == 1);
  CHECK(swapped.cut(0).row == 1);
  CHECK(swapped.cut(0).bytes == big.size());
}

TEST_CASE("damaged frames are refused, whatever byte is wrong") {
  RowFrameWriter writer;
  writer.begin(0, 2, 0, Pace::bulk);
  writer.append(cellsOf({"abc", std::string(300, 'x')}));
  writer.append(cellsOf({std::nullopt, "é"}));
  const std::string good(writer.finish());
  std::vector<Cell> cells;
  for (std::size_t cut = 0; cut < good.size(); ++cut)
    CHECK_FALSE(RowFrameReader::open(std::string_view(good).substr(0, cut)));
  CHECK_FALSE(RowFrameReader::open(good + "x"));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const int byte : {0x00, 0x7F, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF}) {
      std::string bad = good;
      bad[at] = static_cast<char>(byte);
      const auto reader = RowFrameReader::open(bad);
      if (!reader) continue;
      for (std::uint32_t i = 0; i < reader->rowCount(); ++i) {
        if (!reader->row(i, cells)) continue;
        for (const Cell& cell : cells) {
          const bool inside = cell.isNull() || (cell.data >= bad.data() &&
                                                cell.data + cell.size <= bad.data() + bad.size());
          REQUIRE(inside);
        }
      }
    }
  }
}

TEST_CASE("a false column count or length is an error, not a read behind the frame") {
  RowFrameWriter writer;
  writer.begin(0, 1, 0, Pace::bulk);
  writer.append(cellsOf({"abc"}));
  std::string bytes(writer.finish());
  std::vector<Cell> cells;
  bytes[20] = 2;  // columnCount
  CHECK_FALSE(openFrame(bytes).row(0, cells));
  bytes[20] = 0;
  CHECK_FALSE(openFrame(bytes).row(0, cells));
  bytes[20] = 1;
  bytes[frameHeaderBytes] = 4;  // length of the cell
  CHECK_FALSE(openFrame(bytes).row(0, cells));
  bytes[frameHeaderBytes] = static_cast<char>(0xFF);  // not a length
  CHECK_FALSE(openFrame(bytes).row(0, cells));
}

}  // namespace
}  // namespace mydba::result
