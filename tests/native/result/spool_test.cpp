#include "result/spool.h"

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "native/catch.h"

namespace mydba::result {
namespace {

/// Fills a spool with rows (number, text), the way a run does.
class Filler {
 public:
  explicit Filler(Spool& spool) : spool_(spool) { writer_.begin(0, 2, 0, Pace::bulk); }

  bool add(std::string_view text) {
    const std::string number = std::to_string(row_);
    const Cell cells[] = {Cell::of(number), Cell::of(text)};
    const std::size_t cuts = writer_.cuts().size();
    writer_.append(cells);
    if (writer_.cuts().size() > cuts) REQUIRE(spool_.keepCell(row_, 1, cells[1]));
    ++row_;
    return !writer_.full() || flush();
  }

  bool flush() {
    const auto appended = spool_.append(writer_.finish());
    REQUIRE(appended);
    return *appended;
  }

 private:
  Spool& spool_;
  RowFrameWriter writer_;
  std::uint64_t row_ = 0;
};

std::unique_ptr<Spool> makeSpool(SpoolOptions options = {}) {
  auto spool = Spool::create(std::move(options));
  REQUIRE(spool);
  return std::move(*spool);
}

std::vector<std::string> column(const Spool& spool, std::uint64_t first, std::uint64_t count,
                                std::size_t index) {
  std::vector<std::string> values;
  std::vector<Cell> cells;
  std::uint64_t next = first;
  const auto sent = spool.rows(first, count, 0, [&](std::string_view frame) {
    const auto reader = RowFrameReader::open(frame);
    REQUIRE(reader);
    CHECK(reader->firstRow() == next);
    next += reader->rowCount();
    for (std::uint32_t i = 0; i < reader->rowCount(); ++i) {
      REQUIRE(reader->row(i, cells));
      values.emplace_back(cells[index].text());
    }
    return true;
  });
  REQUIRE(sent);
  CHECK(*sent == values.size());
  return values;
}

TEST_CASE("any window of a spool can be read") {
  const auto spool = makeSpool();
  Filler filler(*spool);
  for (int i = 0; i < 30000; ++i) REQUIRE(filler.add("some text of a row"));
  REQUIRE(filler.flush());
  CHECK(spool->rows() == 30000);
  CHECK(spool->frameCount() >= 3);
  CHECK(column(*spool, 0, 2, 0) == std::vector<std::string>{"0", "1"});
  CHECK(column(*spool, 29999, 10, 0) == std::vector<std::string>{"29999"});
  CHECK(column(*spool, 30000, 10, 0).empty());
  const auto all = column(*spool, 0, 1'000'000, 0);
  REQUIRE(all.size() == 30000);
  for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(all[i] == std::to_string(i));
}

TEST_CASE("a spool has no name in its directory and is readable by its user only") {
  const std::string directory =
      (std::filesystem::temp_directory_path() / "mydba-spool-test").string();
  std::filesystem::create_directories(directory);
  const auto spool = makeSpool({.directory = directory});
  Filler filler(*spool);
  REQUIRE(filler.add("x"));
  REQUIRE(filler.flush());
  CHECK(std::filesystem::is_empty(directory));
  std::filesystem::remove(directory);
  CHECK(column(*spool, 0, 1, 1) == std::vector<std::string>{"x"});
}

TEST_CASE("a directory that does not exist is an error that names it") {
  const auto spool = Spool::create({.directory = "/nonexistent/mydba"});
  REQUIRE_FALSE(spool);
  CHECK(spool.error().code == ErrorCode::io);
  CHECK(spool.error().message.find("/nonexistent/mydba") != std::string::npos);
}

TEST_CASE("a full spool says so and keeps what it has") {
  const auto spool = makeSpool({.maxBytes = 5 * frameBytes / 2});
  Filler filler(*spool);
  int rows = 0;
  while (filler.add(std::string(100, 'x'))) REQUIRE(++rows < 100000);
  CHECK(spool->bytes() <= 5 * frameBytes / 2);
  CHECK(spool->frameCount() == 2);
  CHECK(column(*spool, spool->rows() - 1, 1, 0) ==
        std::vector<std::string>{std::to_string(spool->rows() - 1)});
}

TEST_CASE("cut cells are kept in full, up to 4 MiB") {
  const auto spool = makeSpool();
  Filler filler(*spool);
  const std::string large = std::string(200'000, 'a') + "é";
  const std::string huge = std::string(maxKeptCellBytes - 1, 'b') + "é and more";
  const std::string binary(100'000, '\xFF');
  for (const std::string_view text : {std::string_view("small"), std::string_view(large),
                                      std::string_view(huge), std::string_view(binary)})
    REQUIRE(filler.add(text));
  REQUIRE(filler.flush());

  CHECK(spool->cell(0, 1)->text == "small");
  CHECK(spool->cell(0, 0)->text == "0");
  CHECK(spool->cell(1, 1)->text == large);
  CHECK_FALSE(spool->cell(1, 1)->truncated);
  CHECK(spool->cell(2, 1)->text == huge.substr(0, maxKeptCellBytes - 1));
  CHECK(spool->cell(2, 1)->bytes == huge.size());
  CHECK(spool->cell(2, 1)->truncated);
  CHECK(spool->cell(3, 1)->text->size() == 4 * binary.size());
  CHECK_FALSE(spool->cell(3, 1)->truncated);
  CHECK(spool->cell(4, 0).error().code == ErrorCode::invalidParams);
  CHECK(spool->cell(0, 2).error().code == ErrorCode::invalidParams);

  CHECK(column(*spool, 1, 1, 1)[0].size() == maxCellBytes);
  CHECK(*spool->rows(1, 2, 0, [](std::string_view frame) {
    const auto reader = RowFrameReader::open(frame);
    REQUIRE(reader->cutCount() == 2);
    CHECK(reader->cut(0).bytes == 200'002);
    CHECK(reader->cut(1).row == 1);
    return true;
  }) == 2);
}

TEST_CASE("rows are read while others are appended") {
  const auto spool = makeSpool();
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const std::uint64_t rows = spool->rows();
        if (rows == 0) continue;
        const auto cell = spool->cell(rows - 1, 0);
        if (!cell || cell->text != std::to_string(rows - 1)) ++wrong;
      }
    });
  }
  Filler filler(*spool);
  for (int i = 0; i < 200'000; ++i) REQUIRE(filler.add("text"));
  done = true;
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace mydba::result
